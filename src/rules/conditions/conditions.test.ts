// Shows these lines of docs/compatibility.md: rule-limits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { processorTime } from '../../../testing/processor-time.ts';
import { conditionOutcome } from '../../../testing/rule-case.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { conditionBuiltIns } from './built-ins.ts';

/** Field and value in JSON, so that 1 and 1.0 are two things. */
type Case = readonly [op: string, field: string, value: string, outcome: boolean | string];

const cases: readonly Case[] = [
  ['eq', '"4"', '4', true],
  ['eq', '1.9', '1', true],
  ['eq', '1', '"1"', false],
  ['eq', 'true', '1', true],
  ['eq', '"1"', 'true', true],
  ['eq', 'false', '0', true],
  ['eq', '"true"', '"true"', true],
  ['eq', '" 1_0 "', '10', true],
  ['eq', '"1.50"', '1.5', true],
  ['eq', '3', '3.0', true],
  ['eq', 'true', '1.0', true],
  ['eq', '18446744073709551615', '18446744073709551616', false],
  ['eq', '9007199254740993', '9007199254740992.0', true],
  ['eq', '{"a": [1, 2.0]}', '{"a": [1.0, 2]}', true],
  ['eq', '{"a": 1}', '{"a": 1, "b": 2}', false],
  ['eq', '{"a": 1}', '{"b": 1}', false],
  ['eq', '[1, 2]', '[1]', false],
  ['eq', '"x"', '{}', false],
  ['ne', '1', '2', true],
  ['ne', '"a"', '"a"', false],
  ['lt', '"5"', '"10"', false],
  ['lt', '"\\uffff"', '"\\ud83d\\ude00"', true],
  ['lt', '"\\ud83d\\ude00"', '"\\ud83d\\ude01"', true],
  ['lt', '"a"', '"ab"', true],
  ['le', '[1, 5, 9]', '[2]', true],
  ['le', '[1, 2]', '[1, 2]', true],
  ['gt', '[1, 2]', '[1]', true],
  ['lt', '[1]', '[1, 2]', true],
  ['ge', '2.5', '2', true],
  ['gt', '"nan"', '1.0', false],
  ['gt', '"-Infinity"', '1.0', false],
  ['gt', '"inf"', '1.0', true],
  ['eq', '"1.9"', '1', "invalid literal for int() with base 10: '1.9'"],
  [
    'eq',
    'null',
    '1',
    "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
  ],
  ['eq', '{}', '1.5', "float() argument must be a string or a real number, not 'dict'"],
  ['eq', '"x"', '1.5', "could not convert string to float: 'x'"],
  ['eq', `"${'x'.repeat(300)}"`, '1.5', /^could not convert string to float: 'x{200}\.\.\.'$/.source],
  ['eq', `"${'1'.repeat(4301)}"`, '1', 'Exceeds the limit (4300 digits) for integer string conversion'],
  ['eq', '"inf"', '1', "invalid literal for int() with base 10: 'inf'"],
  ['lt', '{}', '{}', "'<' not supported between instances of 'dict' and 'dict'"],
  ['ge', '[null]', '["x"]', "'>=' not supported between instances of 'NoneType' and 'str'"],
  ['in-net', '"10.1.2.3"', '"10.0.0.0/8"', true],
  ['in-net', '"11.1.2.3"', '"10.0.0.1/8"', false],
  ['in-net', '"fd00::5"', '"fd00::/8"', true],
  ['in-net', '"fd00::5"', '"10.0.0.0/8"', false],
  ['in-net', '"::ffff:10.1.2.3"', '"10.0.0.0/8"', false],
  ['in-net', '5', '"0.0.0.0/8"', true],
  ['in-net', 'true', '"0.0.0.1"', true],
  ['in-net', '4294967296', '"::/64"', true],
  ['in-net', '"42"', '"0.0.0.0/24"', true],
  ['in-net', '"10.1"', '"10.0.0.1"', true],
  ['in-net', '"0x7f.1"', '"127.0.0.0/8"', true],
  ['in-net', '"010.1.2.3"', '"8.0.0.0/8"', true],
  ['in-net', '"10.0.0.1 "', '"10.0.0.0/8"', true],
  ['in-net', '"10.0.0.1/8"', '"10.0.0.0/8"', 'expected an address, got a network'],
  ['in-net', '"1.2.3.256"', '"10.0.0.0/8"', "failed to detect a valid IP address from '1.2.3.256'"],
  ['in-net', '"1.2.3.4.5"', '"10.0.0.0/8"', "failed to detect a valid IP address from '1.2.3.4.5'"],
  ['in-net', '"fe80::1%eth0"', '"fe80::/10"', "failed to detect a valid IP address from 'fe80::1%eth0'"],
  [
    'in-net',
    `"${'1'.repeat(101)}"`,
    '"10.0.0.0/8"',
    'failed to detect a valid IP address from such a long text',
  ],
  ['in-net', 'null', '"10.0.0.0/8"', 'failed to detect a valid IP address from None'],
  ['in-net', '2.5', '"10.0.0.0/8"', 'failed to detect a valid IP address from 2.5'],
  ['in-net', '-1', '"10.0.0.0/8"', 'failed to detect a valid IP address from -1'],
  ['in-net', '[]', '"10.0.0.0/8"', 'failed to detect a valid IP address from a list or an object'],
  ['matches', '"axx"', '"a|b"', true],
  ['matches', '"bxx"', '"a|b"', false],
  ['matches', '"a\\n"', '"a"', true],
  ['matches', '"ab"', '"a$"', false],
  ['matches', 'true', '"True"', true],
  ['matches', 'null', '"None"', true],
  ['matches', '1.0', '"1\\\\.0"', true],
  ['matches', '"a"', '""', 'the regular expression is empty; use is-empty to ask for empty text'],
  ['contains', '[1, "a"]', '"1, \'a\'"', true],
  ['contains', '{"a": null}', '"\'a\': None"', true],
  ['contains', '"xay"', '"a"', true],
  ['is-empty', '""', 'null', true],
  ['is-empty', 'null', 'null', true],
  ['is-empty', '[]', 'null', true],
  ['is-empty', '{}', 'null', true],
  ['is-empty', '0', 'null', false],
  ['is-empty', 'false', 'null', false],
  ['is-empty', '[0]', 'null', false],
];

describe('conditions', () => {
  for (const [op, field, value, outcome] of cases) {
    const told = typeof outcome === 'string' ? 'fails' : outcome ? 'holds' : 'does not hold';
    it(`${op} ${told} for ${field.slice(0, 40)} and ${value}`, () => {
      const run = () => conditionOutcome(op, field, value);

      if (typeof outcome === 'boolean') assert.equal(run(), outcome);
      else if (outcome.startsWith('^')) assert.throws(run, { kind: 'invalid', message: new RegExp(outcome) });
      else assert.throws(run, { name: 'InspectorError', kind: 'invalid', message: outcome });
    });
  }

  it('never do worse than to refuse', () => {
    const ops = fc.constantFrom(...conditionBuiltIns.keys());
    const property = fc.property(ops, fc.jsonValue(), fc.jsonValue(), (op, field, value) => {
      const spent = processorTime();
      try {
        assert.equal(typeof conditionOutcome(op, JSON.stringify(field), JSON.stringify(value)), 'boolean');
      } catch (error) {
        assert.ok(error instanceof InspectorError, String(error));
      }
      assert.ok(spent() < 1000);
    });

    fc.assert(property, { numRuns: 2000 });
  });
});
