import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberedUuid as uuid } from '../../testing/numbered-uuid.ts';
import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { chooseNodes } from './choose-nodes.ts';
import { provisionStatesOf, type Selector, selectionDocument } from './selection.ts';

const node = (number: number, fields: object = {}): BareMetalNode =>
  ({
    uuid: uuid(number),
    name: `node-${number}`,
    driver: 'ipmi',
    resource_class: 'small',
    provision_state: 'manageable',
    maintenance: false,
    ...fields,
  }) as unknown as BareMetalNode;

const all = [
  node(1),
  node(2, { driver: 'redfish' }),
  node(3, { resource_class: 'large', name: null }),
  node(4, { provision_state: 'active' }),
  node(5, { maintenance: true }),
  node(6, { provision_state: 'inspect failed' }),
];
const introspected = { known: new Set([uuid(1), uuid(2), uuid(6)]), failed: new Set([uuid(2), uuid(6)]) };
const selected = (selector: Selector) =>
  chooseNodes({ kind: 'selector', selector }, all, introspected).map((one) => Number(one.uuid.slice(-1)));
const named = (nodes: string[]) => chooseNodes({ kind: 'nodes', nodes }, all, introspected);

describe('chooseNodes', () => {
  it('takes all manageable nodes but those in maintenance', () => {
    assert.deepEqual(selected({}), [1, 2, 3]);
  });

  it('takes those that are as every member says', () => {
    assert.deepEqual(selected({ driver: 'redfish' }), [2]);
    assert.deepEqual(selected({ resourceClass: 'large' }), [3]);
    assert.deepEqual(selected({ name: 'node-*' }), [1, 2]);
    assert.deepEqual(selected({ provisionStates: ['active', 'manageable'], driver: 'ipmi' }), [1, 3, 4]);
  });

  it('takes those that were never introspected, or failed last', () => {
    assert.deepEqual(selected({ neverInspected: true }), [3]);
    assert.deepEqual(selected({ lastFailed: true }), [2, 6]);
    assert.deepEqual(selected({ lastFailed: true, provisionStates: ['manageable'] }), [2]);
  });

  it('takes named nodes in their order, each once, in whatever state', () => {
    const chosen = named([uuid(4).toUpperCase(), 'node-1', uuid(5), 'node-4', uuid(3)]);

    assert.deepEqual(chosen, [
      { uuid: uuid(4), name: 'node-4' },
      { uuid: uuid(1), name: 'node-1' },
      { uuid: uuid(5), name: 'node-5' },
      { uuid: uuid(3), name: null },
    ]);
  });

  it('refuses names that no node has, and says which', () => {
    assert.throws(() => named(['node-1', 'gone']), {
      kind: 'invalid',
      message: 'Nodes that the bare metal service does not have: gone',
    });
    assert.throws(() => named(Array.from({ length: 8 }, (_, number) => `x${number}`)), {
      message: 'Nodes that the bare metal service does not have: x0, x1, x2, x3, x4 and 3 more',
    });
  });

  it('refuses a selection without nodes', () => {
    assert.throws(() => selected({ driver: 'none' }), { kind: 'invalid', message: /nothing matches/ });
  });
});

describe('selectionDocument', () => {
  it('shows a selector with the states that it means, and of names only how many', () => {
    const selector = { driver: 'ipmi', resourceClass: 'c', name: 'n*', neverInspected: true };

    assert.deepEqual(selectionDocument({ kind: 'selector', selector }), {
      selector: {
        provision_states: ['manageable'],
        driver: 'ipmi',
        resource_class: 'c',
        name: 'n*',
        never_inspected: true,
      },
    });
    assert.deepEqual(selectionDocument({ kind: 'selector', selector: { lastFailed: true } }), {
      selector: { provision_states: provisionStatesOf({ lastFailed: true }), last_failed: true },
    });
    assert.deepEqual(selectionDocument({ kind: 'nodes', nodes: ['a', 'b'] }), { nodes: 2 });
  });
});
