// Shows these lines of docs/compatibility.md: rule-format-names, rule-format-errors, rule-limits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { processorTime } from '../../../testing/processor-time.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { ExactNumbers } from '../../json/exact-numbers.ts';
import type { JsonValue } from '../../json/json-value.ts';
import { parseJsonObject } from '../../json/parse-json.ts';
import { checkTemplates, formatValue } from './format-value.ts';

const data = parseJsonObject(
  Buffer.from(`{"a": 5, "neg": -42, "big": 123456789012345678901234567890, "f": 12345.678, "half": 2.5, "one": 1.0,
    "tiny": 1.5e-7, "large": 1e20, "zero": 0.0, "minus": -0.0, "s": "hi", "q": "é😀", "t": true, "n": null, "w": 8,
    "l": [1, "x", 2.0], "d": {"k": 1, "a b": "{data[a]}"}}`),
);
const format = (value: JsonValue) => formatValue(value, data, new ExactNumbers());

describe('formatValue', () => {
  // Each as Python's str.format writes it.
  const written: readonly (readonly [string, string])[] = [
    ['no field', 'no field'],
    ['{{not}} {data[a]}', '{not} 5'],
    ['{data[d][k]}-{data[l][1]}-{data[s][1]}', '1-x-i'],
    ['{data[l]} {data[d]}', "[1, 'x', 2.0] {'k': 1, 'a b': '{data[a]}'}"],
    ['{data[n]} {data[t]} {data[one]} {data[big]}', 'None True 1.0 123456789012345678901234567890'],
    ['{data[d][a b]}', '{data[a]}'],
    ['{data[a]:{data[w]}}', '       5'],
    ['{data[s]!r:>6}|{data[s]!s}|{data[q]!a}', "  'hi'|hi|'\\xe9\\U0001f600'"],
    ['{data[a]:05d}|{data[a]:>5}|{data[a]:<5}|{data[a]:^5}|', '00005|    5|5    |  5  |'],
    ['{data[a]:+}|{data[a]: d}|{data[neg]:=6}|{data[neg]:06}', '+5| 5|-   42|-00042'],
    ['{data[neg]:#x}|{data[a]:#b}|{data[a]:o}|{data[w]:X}|{data[a]:c}', '-0x2a|0b101|5|8|\u0005'],
    ['{data[big]:,}', '123,456,789,012,345,678,901,234,567,890'],
    ['{data[big]:_x}', '1_8ee9_0ff6_c373_e0ee_4e3f_0ad2'],
    ['{data[a]:012,}|{data[neg]:0=12,}|{data[a]:n}', '0,000,000,005|-000,000,042|5'],
    [
      '{data[f]:.2f}|{data[f]:,.1f}|{data[f]:.3}|{data[f]:g}|{data[f]:n}',
      '12345.68|12,345.7|1.23e+04|12345.7|12345.7',
    ],
    ['{data[half]:.0f}|{data[half]:.1e}|{data[half]:E}|{data[half]:%}', '2|2.5e+00|2.500000E+00|250.000000%'],
    ['{data[one]:g}|{data[one]:#g}|{data[one]:.3}|{data[one]:#.0f}|{data[one]:G}', '1|1.00000|1.0|1.|1'],
    [
      '{data[tiny]:f}|{data[tiny]:g}|{data[tiny]:.1}|{data[large]:f}',
      '0.000000|1.5e-07|1e-07|100000000000000000000.000000',
    ],
    ['{data[large]:#}|{data[large]:.0e}|{data[tiny]:#.0e}', '1.e+20|1e+20|1.e-07'],
    ['{data[minus]}|{data[minus]:z.1f}|{data[minus]:.1f}|{data[zero]:e}', '-0.0|0.0|-0.0|0.000000e+00'],
    ['{data[a]:.1f}|{data[t]:5}|{data[t]:d}', '5.0|    1|1'],
    ['{data[s]:5}|{data[s]:>5}|{data[s]:é^5}|{data[s]:.1}|{data[s]:05}', 'hi   |   hi|éhiéé|h|hi000'],
    ['{data[q]:.1s}|{data[q]:*>3}', 'é|*é😀'],
  ];
  for (const [template, text] of written) {
    it(`writes ${template}`, () => {
      assert.equal(format(template), text);
    });
  }

  it('replaces within lists and objects, in names too, and leaves the rest', () => {
    const value = { 'k-{data[a]}': ['{data[s]}', 1, null, { x: '{data[half]}' }] };

    assert.deepEqual(format(value), { 'k-5': ['hi', 1, null, { x: '2.5' }] });
    assert.deepEqual(value, { 'k-{data[a]}': ['{data[s]}', 1, null, { x: '{data[half]}' }] });
  });

  const refusals: readonly (readonly [string, string])[] = [
    ['{', "Single '{' encountered in format string"],
    ['a } b', "Single '}' encountered in format string"],
    ['a { b', "expected '}' before end of string"],
    ['{data{', "unexpected '{' in field name"],
    ['{data[a]:{', "unmatched '{' in format spec"],
    ['{data[a]!', "unmatched '{' in format spec"],
    ['{data[a]!}', "unmatched '{' in format spec"],
    ['{data[a]!x}', 'Unknown conversion specifier x'],
    ['{data[a]!rx}', "expected ':' after conversion specifier"],
    ['{data[]}', 'Empty attribute in format string'],
    ['{data[a}', "expected '}' before end of string"],
    ['{data[a]b}', "Only '.' or '[' may follow ']' in format field specifier"],
    ['{data[99999999999999999999]}', 'Too many decimal digits in format string'],
    ['{data[a]:{data[w]:{data[w]}}}', 'Max string recursion exceeded'],
    ['{}', 'Replacement index 0 out of range: use {data[...]}'],
    ['{1}', 'Replacement index 1 out of range: use {data[...]}'],
    ['{node[a]}', "unknown name 'node': use {data[...]}"],
    ['{data.keys}', "attributes are not available, got 'data.keys': use brackets, {data[...]}"],
    ['x'.repeat(65_536), 'expected at most 65535 characters, got 65536'],
  ];
  for (const [template, message] of refusals) {
    it(`refuses ${template.slice(0, 40)} before there is any data`, () => {
      assert.throws(() => checkTemplates([{ a: template }]), { kind: 'invalid', message });
      assert.throws(() => format(template), { kind: 'invalid', message });
    });
  }

  it('refuses templates in names, and takes what is no text', () => {
    assert.throws(() => checkTemplates({ '{': 1 }), { kind: 'invalid' });
    assert.doesNotThrow(() => checkTemplates([null, 1, true, { a: '{data[a]}' }]));
  });

  const failures: readonly (readonly [string, string])[] = [
    ['{data[x]}', 'data[x] is not in the introspection data'],
    ['{data[__proto__]}', 'data[__proto__] is not in the introspection data'],
    ['{data[d][0]}', 'data[d][0] is not in the introspection data'],
    ['{data[l][9]}', 'data[l][9] is not in the introspection data: index out of range of 3'],
    ['{data[l][-1]}', 'data[l][-1] is not in the introspection data: list indices must be whole numbers'],
    ['{data[s][x]}', 'data[s][x] is not in the introspection data: str indices must be whole numbers'],
    ['{data[a][0]}', "data[a][0] is not in the introspection data: 'int' object is not subscriptable"],
    ['{data[n][x]}', "data[n][x] is not in the introspection data: 'NoneType' object is not subscriptable"],
    ['{data[l]:5}', 'unsupported format string passed to list.__format__'],
    ['{data[n]:5}', 'unsupported format string passed to NoneType.__format__'],
    ['{data[s]:d}', "Unknown format code 'd' for object of type 'str'"],
    ['{data[s]:+}', 'Sign not allowed in string format specifier'],
    ['{data[s]: }', 'Space not allowed in string format specifier'],
    ['{data[s]:z}', 'Negative zero coercion (z) not allowed in string format specifier'],
    ['{data[s]:#}', 'Alternate form (#) not allowed in string format specifier'],
    ['{data[s]:,}', "Cannot specify ',' with 's'."],
    ['{data[s]:=5}', "'=' alignment not allowed in string format specifier"],
    ['{data[a]:s}', "Unknown format code 's' for object of type 'int'"],
    ['{data[a]:.2d}', 'Precision not allowed in integer format specifier'],
    ['{data[a]:z}', 'Negative zero coercion (z) not allowed in integer format specifier'],
    ['{data[a]:,x}', "Cannot specify ',' with 'x'."],
    ['{data[a]:+c}', "Sign not allowed with integer format specifier 'c'"],
    ['{data[a]:#c}', "Alternate form (#) not allowed with integer format specifier 'c'"],
    ['{data[neg]:c}', '%c arg not in range(0x110000)'],
    ['{data[f]:d}', "Unknown format code 'd' for object of type 'float'"],
    ['{data[a]:5.}', 'Format specifier missing precision'],
    ['{data[a]:,_}', "Cannot specify both ',' and '_'."],
    ['{data[a]:,,}', "Cannot specify ',' twice"],
    ['{data[a]:5xx}', "Invalid format specifier '5xx' for object of type 'int'"],
    ['{data[a]:1001}', 'expected a width of at most 1000, got 1001'],
    ['{data[f]:.1001f}', 'expected a precision of at most 1000, got 1001'],
    ['{data[a]:1000}'.repeat(66), 'the result is longer than 65535 characters'],
  ];
  for (const [template, message] of failures) {
    it(`fails at ${template.slice(0, 40)}`, () => {
      assert.throws(() => format(template), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  it('does not build more text than may be', () => {
    const large = parseJsonObject(Buffer.from(JSON.stringify({ l: Array(100_000).fill('x') })));

    assert.throws(() => formatValue('{data[l]}', large, new ExactNumbers()), {
      message: 'the value as text is longer than 65535 characters',
    });
  });

  it('writes the largest numbers', () => {
    const huge = parseJsonObject(Buffer.from('{"f": 1.7e308, "d": 5e-324}'));

    assert.equal(formatValue('{data[f]:%}', huge, new ExactNumbers()), 'inf%');
    assert.match(formatValue('{data[f]:F}', huge, new ExactNumbers()) as string, /^\d{309}\.0{6}$/);
    assert.equal(formatValue('{data[d]:.0e}', huge, new ExactNumbers()), '5e-324');
  });

  it('never does worse than to refuse', () => {
    const pieces = [
      '{data',
      '[a]',
      '[f]',
      '[l]',
      '[d]',
      '[k]',
      '[0]',
      ':',
      '!r',
      '}',
      '{',
      ',',
      '.3',
      '#',
      '0',
      '9',
      'f',
    ];
    const templates = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((all) => all.join('')),
      fc.string({ maxLength: 6 }).map((spec) => `{data[f]:${spec}}{data[a]:${spec}}{data[s]:${spec}}`),
    );
    const property = fc.property(templates, fc.jsonValue(), (template, extra) => {
      const spent = processorTime();
      try {
        format([template, extra as JsonValue]);
      } catch (error) {
        assert.ok(error instanceof InspectorError);
      }
      assert.ok(spent() < 1000, template);
    });

    fc.assert(property, { numRuns: 1000 });
  });

  it('goes through a million characters of the data at most, however little of them is shown', () => {
    const long = parseJsonObject(Buffer.from(JSON.stringify({ x: 'é'.repeat(60_000) })));
    for (const field of ['{data[x][0]}', '{data[x]:.0}', '{data[x]!s:.1}']) {
      const spent = processorTime();

      const run = () => formatValue(field.repeat(3000), long, new ExactNumbers());

      assert.throws(run, /goes through more than 1000000 characters of data/);
      assert.ok(spent() < 1000, field);
    }
  });
});
