// Shows these lines of docs/compatibility.md: rule-network-spelling.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseNetwork } from './parse-network.ts';

describe('parseNetwork', () => {
  const networks: readonly (readonly [string, 4 | 6, string, number])[] = [
    ['10.0.0.1/8', 4, '10.0.0.1', 8],
    ['10.0.0.1', 4, '10.0.0.1', 32],
    ['10.0.0.0/255.0.0.0', 4, '10.0.0.0', 8],
    ['10.0.0.0/0.255.255.255', 4, '10.0.0.0', 8],
    ['1.2.3.4/0.0.0.0', 4, '1.2.3.4', 0],
    ['1.2.3.4/255.255.255.255', 4, '1.2.3.4', 32],
    ['1.2.3.4/0.0.0.1', 4, '1.2.3.4', 31],
    [' 10.0.0.0/ 08 ', 4, '10.0.0.0', 8],
    ['10.0.0.0/+8', 4, '10.0.0.0', 8],
    ['010.0.0.1', 4, '10.0.0.1', 32],
    ['fe80::/10', 6, 'fe80::', 10],
    ['fe80::1', 6, 'fe80::1', 128],
    ['::/ffff::', 6, '::', 16],
    ['::/::', 6, '::', 0],
    ['::1/::ffff', 6, '::1', 112],
    ['::ffff:1.2.3.4/96', 6, '::ffff:1.2.3.4', 96],
  ];
  for (const [text, family, address, prefix] of networks) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseNetwork(text), { family, address, prefix });
    });
  }

  const wrong = ['', 'nonet', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/255.0.255.0', '10.0.0.0/-1', '::/129'];
  for (const text of [...wrong, 'fe80::%eth0/64', '10.0.0.0/8/8', '::1/0x40', '10.0.0.0/::', '10.1/16']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => parseNetwork(text), {
        name: 'InspectorError',
        kind: 'invalid',
        message: `invalid value: invalid IPNetwork ${text}`,
      });
    });
  }
});
