import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scanJson } from './scan-json.ts';

const limits = { depth: 3, members: 5 };

function scan(text: string) {
  return scanJson(Buffer.from(text), limits);
}

describe('scanJson', () => {
  it('lets through what is at the limits', () => {
    assert.doesNotThrow(() => scan('[[[]],[[]]]'));
    assert.doesNotThrow(() => scan('[1,2,3,4,5]'));
  });

  it('refuses more levels, malformed or not', () => {
    const refusal = {
      kind: 'invalid',
      message: 'Invalid data: expected at most 3 levels of nesting, got more at byte 3',
    };

    assert.throws(() => scan('[[[[]]]]'), refusal);
    assert.throws(() => scan('[[[{'), refusal);
  });

  it('refuses more members', () => {
    assert.throws(() => scan('[1,2,3,4,5,6]'), {
      kind: 'invalid',
      message: 'Invalid data: expected at most 5 members in all objects and arrays, got more at byte 10',
    });
  });

  it('does not count what is in strings', () => {
    assert.doesNotThrow(() => scan('["[[[[[,,,,,,\\"[[[[[", "\\\\"]'));
  });

  it('ends with an unfinished string', () => {
    assert.deepEqual(scan('["abc\\'), { oddNumerals: false, oddStrings: false });
  });

  for (const numeral of ['1.0', '1e5', '1E5', '1234567890123456', '-0', '-0.0', '0.10', '1.5e1']) {
    it(`finds ${numeral} odd`, () => {
      assert.equal(scan(`[${numeral}]`).oddNumerals, true);
    });
  }

  for (const numeral of ['0', '1', '-1', '10', '1.5', '-1.25', '123456789012345', '0.001', '100']) {
    it(`finds nothing odd in ${numeral}`, () => {
      assert.equal(scan(`[${numeral}]`).oddNumerals, false);
      assert.equal(scan(numeral).oddNumerals, false);
    });
  }

  for (const string of ['__proto__', '\\u005f_proto__', '\\u0000', '\\ud800', '\\uDC00', '__x']) {
    it(`finds "${string}" odd`, () => {
      assert.equal(scan(`["${string}"]`).oddStrings, true);
    });
  }

  for (const string of ['', 'proto', '_', 'é', '\\u00e9', '\\u0020', '\\\\u0000', '\\n', '\\u1000', '1.0']) {
    it(`finds nothing odd in "${string}"`, () => {
      assert.deepEqual(scan(`["${string}"]`), { oddNumerals: false, oddStrings: false });
    });
  }
});
