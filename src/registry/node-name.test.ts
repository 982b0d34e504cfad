import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isHostName, isLogicalName, requireNodeName } from './node-name.ts';

describe('names of nodes', () => {
  it('have the characters that need no escaping in a URL', () => {
    assert.ok(isLogicalName('Rack-1_node.2~x'));
    for (const name of ['', 'a b', 'a/b', 'ä', 'a'.repeat(256)]) assert.ok(!isLogicalName(name), name);
  });

  it('are host names for old clients', () => {
    for (const name of ['a', 'node-1.example.org', 'node.']) assert.ok(isHostName(name), name);
    for (const name of ['A', '-a', 'a..b', 'a_b', 'a'.repeat(256), '']) assert.ok(!isHostName(name), name);
  });

  it('are neither UUIDs nor parts of the API', () => {
    const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

    assert.throws(() => requireNodeName(uuid, 'No'), { kind: 'invalid', message: `No '${uuid}'` });
    assert.throws(() => requireNodeName('a b', 'No'), { kind: 'invalid', message: "No 'a b'" });
    assert.throws(() => requireNodeName('detail', 'No'), /^InspectorError: The word "detail" is reserved/);
    assert.doesNotThrow(() => requireNodeName('one', 'No'));
  });
});
