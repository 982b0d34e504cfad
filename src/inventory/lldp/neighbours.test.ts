// Shows these lines of docs/compatibility.md: lldp-interface-unknown.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { silentLogger } from '../../logging/logger.ts';
import { neighbours } from './neighbours.ts';

const own: JsonValue = [[5, '61']];
const raw: JsonValue = [[5, '62']];

function neighboursOf(nics: JsonObject[], others: JsonObject = {}) {
  const data = { inventory: { interfaces: nics, disks: [] }, all_interfaces: { a: { ip: null } }, ...others };
  return neighbours(data, silentLogger());
}

describe('the neighbours of a machine', () => {
  it('are those that a collector heard, else those of the interface', () => {
    const tlvsWith = (lldp_raw: JsonValue) => neighboursOf([{ name: 'a', lldp: own }], { lldp_raw })[0]?.tlvs;

    assert.equal(tlvsWith({ a: raw }), raw);
    for (const none of [{ a: [] }, { a: null }, { b: raw }, {}, null, 'x', []]) {
      assert.equal(tlvsWith(none), own);
    }
    assert.equal(neighboursOf([{ name: 'a' }], { lldp_raw: { a: raw } })[0]?.tlvs, raw);
  });

  it('are unknown where nothing was reported, or no list', () => {
    for (const lldp of [null, 'junk', 5, {}]) {
      assert.equal(neighboursOf([{ name: 'a', lldp }])[0]?.tlvs, undefined);
    }
    assert.equal(neighboursOf([{ name: 'a', lldp: own }], { lldp_raw: { a: 'junk' } })[0]?.tlvs, undefined);
    assert.deepEqual(neighboursOf([{ name: 'a', lldp: [] }])[0]?.tlvs, []);
  });

  it('come with their entries, and MAC addresses in lower case', () => {
    const [first, second] = neighboursOf([{ name: 'a', mac_address: '52:54:00:AA:00:01' }, { name: 'a' }]);

    assert.deepEqual(first, {
      interface: 'a',
      mac: '52:54:00:aa:00:01',
      entry: { ip: null },
      tlvs: undefined,
    });
    assert.equal(second?.mac, undefined);
  });

  it('are none of interfaces without a name or an entry', () => {
    const nics: JsonObject[] = [{ lldp: own }, { name: '', lldp: own }, { name: 'b', lldp: own }];

    assert.deepEqual(neighboursOf([...nics, { name: 'constructor', lldp: own }]), []);
    for (const table of [undefined, null, [], { a: null }, { a: 5 }]) {
      assert.deepEqual(neighboursOf([{ name: 'a', lldp: own }], { all_interfaces: table as JsonValue }), []);
    }
  });

  it('are refused without an inventory', () => {
    assert.throws(() => neighbours({}, silentLogger()), {
      kind: 'invalid',
      message: 'Hardware inventory is empty or missing',
    });
  });
});
