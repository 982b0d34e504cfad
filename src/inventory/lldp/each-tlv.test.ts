// Shows these lines of docs/compatibility.md: lldp-malformed, lldp-limits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tlv } from '../../../testing/lldp-frame.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { parseLldp } from './parse-lldp.ts';

const parse = (tlvs: readonly JsonValue[], name = 'eth0') => {
  const log = recordingLogger();
  return { fields: parseLldp(tlvs, { interface: name, log }), log };
};

describe('a TLV that is none', () => {
  const cases: readonly [JsonValue, string][] = [
    [null, 'item 1: expected a list of type and value, got null'],
    ['junk', 'item 1: expected a list of type and value, got text'],
    [{}, 'item 1: expected a list of type and value, got an object'],
    [[], 'item 1: expected a type and a value, got 0 items'],
    [[5], 'TLV 5 (item 1): expected a type and a value, got 1 items'],
    [[5, '61', 'x'], 'TLV 5 (item 1): expected a type and a value, got 3 items'],
    [['5', '61'], 'item 1: expected a whole number as the type, got text'],
    [[null, '61'], 'item 1: expected a whole number as the type, got null'],
    [[5.5, '61'], 'TLV 5.5 (item 1): expected a whole number as the type, got a number'],
    [[5, null], 'TLV 5 (item 1): expected hexadecimal digits, got null'],
    [[5, 61], 'TLV 5 (item 1): expected hexadecimal digits, got a number'],
    [[5, '616'], 'TLV 5 (item 1): expected pairs of hexadecimal digits'],
    [[5, 'zz'], 'TLV 5 (item 1): expected pairs of hexadecimal digits'],
    [[5, '0x61'], 'TLV 5 (item 1): expected pairs of hexadecimal digits'],
    [[5, ' 61 '], 'TLV 5 (item 1): expected pairs of hexadecimal digits'],
    [[5, '\u0136\u0131'], 'TLV 5 (item 1): expected pairs of hexadecimal digits'],
    [[5, '61'.repeat(512)], 'TLV 5 (item 1): expected at most 1022 hexadecimal digits, got 1024'],
  ];

  for (const [item, text] of cases) {
    it(`is dropped with a warning, and the others count: ${JSON.stringify(item)?.slice(0, 40)}`, () => {
      const { fields, log } = parse([item, tlv(4, '', 'port 7')]);

      assert.deepEqual(fields, { switch_port_description: 'port 7' });
      assert.deepEqual(log.lines, [`warning: LLDP of interface eth0: ignoring ${text}`]);
    });
  }
});

describe('TLVs', () => {
  it('are taken in digits of either case, and with as many octets as one can have', () => {
    assert.deepEqual(parse([[1, '04AABBCCDDEEFf']]).fields, { switch_chassis_id: 'aa:bb:cc:dd:ee:ff' });
    assert.equal((parse([[6, '61'.repeat(511)]]).fields.switch_system_description as string).length, 511);
  });

  it('are complained of ten times at most', () => {
    const { log } = parse(Array.from({ length: 25 }, () => tlv(5, 'ff')));

    assert.equal(log.lines.length, 11);
    assert.equal(log.lines[10], 'warning: LLDP of interface eth0: ignoring 15 more TLVs');
  });

  it('are read as far as one frame can hold them', () => {
    const address = tlv(8, '0501c000020f');

    const { fields, log } = parse(Array.from({ length: 100_000 }, () => address));

    assert.equal((fields.switch_mgmt_addresses as string[]).length, 750);
    assert.deepEqual(log.lines, [
      'warning: LLDP of interface eth0: ignoring all TLVs after the first 750, got 100000',
    ]);
  });

  it('are logged with the start of a name that is long', () => {
    const { log } = parse([null], 'x'.repeat(1000));

    assert.match(log.lines[0] ?? '', /^warning: LLDP of interface x{64}: /);
  });
});
