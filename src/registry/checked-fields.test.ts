import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../json/json-value.ts';
import { checkedFields, refuseUnsettable } from './checked-fields.ts';
import { nodeFields } from './node-fields.ts';
import { portFields } from './port-fields.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

describe('checkedFields', () => {
  it('completes a node with defaults of its own', () => {
    const one = checkedFields('node', nodeFields, { driver: 'd' });
    const other = checkedFields('node', nodeFields, { driver: 'd' });

    assert.deepEqual(Object.keys(one).toSorted(), Object.keys(nodeFields).toSorted());
    assert.deepEqual(one.properties, {});
    assert.notEqual(one.properties, other.properties);
  });

  it('brings values into their normal form', () => {
    const given = { driver: 'd', maintenance: 'Yes', retired: 'off', uuid: uuid.toUpperCase(), extra: null };

    const checked = checkedFields('node', nodeFields, given);

    assert.equal(checked.maintenance, true);
    assert.equal(checked.retired, false);
    assert.equal(checked.uuid, uuid);
    assert.deepEqual(checked.extra, {});
    assert.equal(
      checkedFields('port', portFields, { address: 'AA:BB:CC:DD:EE:FF', node_uuid: uuid }).address,
      'aa:bb:cc:dd:ee:ff',
    );
  });

  const bad: [JsonObject, RegExp][] = [
    [{}, /^Schema error for node: 'driver' is a required property$/],
    [{ driver: null }, /^Schema error for node: null is not of type 'string' \(driver\)$/],
    [{ driver: 'd', other: 1 }, /Additional properties are not allowed \('other' was unexpected\)/],
    [{ driver: 'd', toString: 1 }, /Additional properties are not allowed \('toString' was unexpected\)/],
    [{ driver: 'd', properties: [] }, /\[\] is not of type 'object' \(properties\)/],
    [{ driver: 'd', traits: {} }, /\{\} is not of type 'array' \(traits\)/],
    [{ driver: 'd', maintenance: 'maybe' }, /Invalid maintenance: Unrecognized value 'maybe'/],
    [{ driver: 'd', maintenance: 1 }, /Invalid maintenance: Unrecognized value '1'/],
    [{ driver: 'd', uuid: 'x' }, /^Expected UUID for uuid: x$/],
    [{ driver: 'd', uuid: 5 }, /5 is not of type 'string' \(uuid\)/],
    [
      { driver: 'd', resource_class: 'r'.repeat(81) },
      /is too long for resource_class, expected at most 80 characters/,
    ],
  ];
  for (const [given, message] of bad) {
    it(`refuses ${JSON.stringify(given).slice(0, 60)}`, () => {
      assert.throws(() => checkedFields('node', nodeFields, given), { kind: 'invalid', message });
    });
  }

  it('refuses what is no address', () => {
    assert.throws(
      () => checkedFields('port', portFields, { address: 'aa', node_uuid: uuid }),
      /Expected valid MAC address for address: aa/,
    );
    assert.throws(
      () => checkedFields('port', portFields, { address: 5, node_uuid: uuid }),
      /5 is not of type 'string'/,
    );
    assert.throws(
      () => checkedFields('port', portFields, { address: 'aa:bb:cc:dd:ee:ff', node_uuid: null }),
      /null is not of type/,
    );
  });

  it('shows no more than the beginning of a long value', () => {
    assert.throws(
      () => checkedFields('node', nodeFields, { driver: 'd', extra: 'x'.repeat(1_000_000) }),
      (error: Error) => error.message.length < 300,
    );
  });
});

describe('refuseUnsettable', () => {
  for (const name of ['provision_state', 'created_at', 'traits', 'protected', 'constructor']) {
    it(`does not let a creation set ${name}`, () => {
      assert.throws(() => refuseUnsettable('node', nodeFields, { driver: 'd', [name]: 'x' }), {
        kind: 'invalid',
        message: `Schema error for node: Additional properties are not allowed ('${name}' was unexpected)`,
      });
    });
  }
});
