import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { pythonFloat, pythonNumber } from './python-number.ts';

describe('pythonFloat', () => {
  // Each as `repr` of Python 3 writes it.
  const floats: readonly (readonly [number, string])[] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0.000012345, '-1.2345e-05'],
    [123456.789, '123456.789'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [1.2345e16, '1.2345e+16'],
    [1e21, '1e+21'],
    [1e22, '1e+22'],
    [1e-7, '1e-07'],
    [1e100, '1e+100'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992.0'],
  ];
  for (const [value, text] of floats) {
    it(`writes ${text}`, () => {
      assert.equal(pythonFloat(value), text);
    });
  }

  it('writes what reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.ok(Object.is(Number(pythonFloat(value)), value));
        assert.match(pythonFloat(value), /[.e]/);
      }),
    );
  });
});

describe('pythonNumber', () => {
  const written: readonly (readonly [string, string])[] = [
    ['1.0', '1.0'],
    ['1.50', '1.5'],
    ['1e5', '100000.0'],
    ['1E+2', '100.0'],
    ['1e22', '1e+22'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['18446744073709551615', '18446744073709551615'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ];
  for (const [numeral, text] of written) {
    it(`writes what came as ${numeral} as ${text}`, () => {
      assert.equal(pythonNumber(Number(numeral), numeral), text);
    });
  }

  const computed: readonly (readonly [number, string])[] = [
    [0, '0'],
    [-0, '-0.0'],
    [7, '7'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [1e-7, '1e-07'],
    [2.5, '2.5'],
    [Number.NaN, 'null'],
    [Infinity, 'null'],
  ];
  for (const [value, text] of computed) {
    it(`writes a computed ${value} as ${text}`, () => {
      assert.equal(pythonNumber(value), text);
    });
  }
});
