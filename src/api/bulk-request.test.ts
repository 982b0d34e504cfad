import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../json/json-value.ts';
import { parseBulkRequest } from './bulk-request.ts';

describe('parseBulkRequest', () => {
  it('takes nodes, or a selector with whatever members', () => {
    assert.deepEqual(parseBulkRequest({ nodes: ['a', 'b'] }), { kind: 'nodes', nodes: ['a', 'b'] });
    assert.deepEqual(parseBulkRequest({ selector: {} }), {
      kind: 'selector',
      selector: { neverInspected: false, lastFailed: false },
    });
    const all = {
      provision_states: ['enroll'],
      driver: 'ipmi',
      resource_class: 'small',
      name: 'r*',
      never_inspected: false,
      last_failed: true,
    };
    assert.deepEqual(parseBulkRequest({ selector: all }), {
      kind: 'selector',
      selector: {
        provisionStates: ['enroll'],
        driver: 'ipmi',
        resourceClass: 'small',
        name: 'r*',
        neverInspected: false,
        lastFailed: true,
      },
    });
  });

  const wrong: readonly (readonly [JsonObject, RegExp])[] = [
    [{}, /expected either nodes or selector, got neither$/],
    [{ nodes: ['a'], selector: {} }, /expected either nodes or selector, got both$/],
    [{ node: ['a'] }, /expected only nodes, selector, got node$/],
    [{ nodes: 'a' }, /expected nodes to be a list of texts, got a$/],
    [{ nodes: [] }, /expected nodes to be a list of texts, got \[\]$/],
    [{ nodes: ['a', 7] }, /expected nodes to be 1 to 255 characters, got 7$/],
    [{ nodes: [''] }, /expected nodes to be 1 to 255 characters, got $/],
    [{ nodes: ['x'.repeat(256)] }, /expected nodes to be 1 to 255 characters, got x{100}$/],
    [{ selector: [] }, /expected selector to be an object, got \[\]$/],
    [{ selector: { drivers: 'ipmi' } }, /expected only selector\..*, got selector\.drivers$/],
    [{ selector: { driver: null } }, /expected driver to be 1 to 255 characters, got null$/],
    [{ selector: { never_inspected: 'yes' } }, /expected never_inspected to be true or false, got yes$/],
    [{ selector: { never_inspected: true, last_failed: true } }, /got both, which no node is$/],
    [{ selector: { provision_states: Array(51).fill('a') } }, /at most 50 provision_states, got 51$/],
  ];
  for (const [body, message] of wrong) {
    it(`refuses ${JSON.stringify(body).slice(0, 60)}`, () => {
      assert.throws(() => parseBulkRequest(body), { kind: 'invalid', message });
    });
  }
});
