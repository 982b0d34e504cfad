import assert from 'node:assert/strict';
import { localLink } from '../../src/inventory/lldp/local-link.ts';
import { parseLldp } from '../../src/inventory/lldp/parse-lldp.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { plainValueOf, textOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** The TLVs that one interface has heard, one a line: a type, a blank, and octets in hexadecimal. */
export const lldpFrames: FuzzTarget = {
  name: 'lldp-frames',
  words: ['0080c2', '00120f', '0080c201', '00120f01', '0120bb', '127 ', '0501c6336401', '060220010db8'],
  seeds: [
    '1 0452540000000a\n2 0545746865726e6574312f37\n3 0078\n4 61\n5 737769746368\n6 4c696e7578\n7 00140014\n0 ',
    '8 0501c633640702000000090c2b060104\n8 110220010db8000000000000000000000007020000000900',
    '127 0080c2010064\n127 0080c203006506766c616e2d78\n127 0080c2040588cc\n127 0080c2060400\n127 0080c20700000000',
    '127 00120f01036c11001e\n127 00120f0301000000000a\n127 00120f0423f0\n127 00120f020103\n1 0501c6336401',
  ],
  run(input) {
    const tlvs = input
      .toString('latin1')
      .split('\n')
      .map((line) => {
        const blank = line.indexOf(' ');
        if (blank < 0) return plainValueOf(line);
        return [plainValueOf(line.slice(0, blank)), textOf(line.slice(blank + 1), 5000)];
      });
    const source = { interface: 'eth0', log: silentLogger() };
    const fields = parseLldp(tlvs, source);
    for (const [item, value] of localLink(tlvs, source)) assert.equal(typeof value, 'string', item);
    assertPlainJson(fields);
  },
};
