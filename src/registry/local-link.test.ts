import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../json/json-value.ts';
import { checkedLocalLink } from './local-link.ts';

describe('checkedLocalLink', () => {
  const good: [JsonObject, JsonObject][] = [
    [{}, {}],
    [
      { switch_id: '0A:1B:2C:3D:4E:5F', port_id: 'Eth1', switch_info: 's' },
      { switch_id: '0a:1b:2c:3d:4e:5f', port_id: 'Eth1', switch_info: 's' },
    ],
    [
      { switch_id: '00000A1B2C3D4E5F', port_id: '1' },
      { switch_id: '00000a1b2c3d4e5f', port_id: '1' },
    ],
    [
      { hostname: 'h', port_id: 'rep0' },
      { hostname: 'h', port_id: 'rep0' },
    ],
    [{ network_type: 'unmanaged' }, { network_type: 'unmanaged' }],
  ];
  for (const [given, expected] of good) {
    it(`takes ${JSON.stringify(given)}`, () => {
      assert.deepEqual(checkedLocalLink(given), expected);
    });
  }

  const bad: [JsonObject, RegExp][] = [
    [{ switch_id: '0a:1b:2c:3d:4e:5f' }, /'port_id' and 'switch_id' are required/],
    [{ port_id: '1' }, /'port_id' and 'switch_id' are required/],
    [{ port_id: '1', switch_id: 'x' }, /Expected a MAC address or OpenFlow datapath ID but received x\./],
    [{ port_id: 1, switch_id: '0a:1b:2c:3d:4e:5f' }, /port_id is not of type 'string'/],
    [{ network_type: 'other' }, /network_type is not one of/],
    [{ wrong: 'x' }, /Additional properties are not allowed \('wrong' was unexpected\)/],
  ];
  for (const [given, message] of bad) {
    it(`refuses ${JSON.stringify(given)}`, () => {
      assert.throws(() => checkedLocalLink(given), { kind: 'invalid', message });
    });
  }
});
