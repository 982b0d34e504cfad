import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from './json-value.ts';
import { documentLimits, parseJson, parseJsonObject } from './parse-json.ts';

describe('parseJson', () => {
  it('gives the value', () => {
    const { value } = parseJson(Buffer.from('{"a": [1, -2.5, "é", null, true]}'));

    assert.deepEqual(value, { a: [1, -2.5, 'é', null, true] });
  });

  it('takes UTF-16 as well', () => {
    assert.deepEqual(parseJson(Buffer.from('\ufeff{"a": "é"}', 'utf16le')).value, { a: 'é' });
  });

  it('takes the last of duplicate names', () => {
    assert.deepEqual(parseJson(Buffer.from('{"a": 1, "a": 2.0, "a": 3.0}')).value, { a: 3 });
  });

  it('remembers numerals that a JavaScript number would change, and no others', () => {
    const text = '{"a": [1.0, 18446744073709551615, 2], "b": {"c": 1e3, "d": 1.5, "e": -0}}';

    const { value, exactNumbers } = parseJson(Buffer.from(text));

    const { a, b } = value as { a: number[]; b: JsonObject };
    assert.deepEqual(value, { a: [1, 18446744073709552000, 2], b: { c: 1000, d: 1.5, e: -0 } });
    assert.equal(exactNumbers.numeralOf(a, '0', 1), '1.0');
    assert.equal(exactNumbers.numeralOf(a, '1', 18446744073709552000), '18446744073709551615');
    assert.equal(exactNumbers.numeralOf(a, '2', 2), undefined);
    assert.equal(exactNumbers.numeralOf(b, 'c', 1000), '1e3');
    assert.equal(exactNumbers.numeralOf(b, 'd', 1.5), undefined);
    assert.equal(exactNumbers.numeralOf(b, 'e', -0), '-0');
  });

  it('agrees with JSON.parse on every JSON text', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('__proto__') && !text.includes('\\u0000'));
        assert.deepEqual(parseJson(Buffer.from(text)).value, JSON.parse(text));
      }),
    );
  });

  it('throws nothing but what an operator may read, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          fc.string().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          try {
            parseJson(bytes);
          } catch (error) {
            assert.ok(error instanceof InspectorError && error.kind === 'invalid', String(error));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('lets a document at the limits through', () => {
    const deep = '['.repeat(documentLimits.depth) + ']'.repeat(documentLimits.depth);

    assert.doesNotThrow(() => parseJson(Buffer.from(deep)));
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['a depth of 10,000', '['.repeat(10_000), 'expected at most 128 levels of nesting, got more at byte 128'],
    [
      'a million members',
      `[${'1,'.repeat(1_000_000)}1]`,
      'expected at most 500000 members in all objects and arrays, got more at byte 1000000',
    ],
    [
      'NaN',
      '{"disks": [{"size": NaN}]}',
      'expected a finite number, got NaN in disks[0].size, line 1 column 21',
    ],
    ['1e999', '{"disks": [{"size": 1e999}]}', 'disks[0].size is not a finite number'],
    ['an integer without end', `{"size": ${'9'.repeat(400)}}`, 'size is not a finite number'],
    ['a NUL', '{"a": "\\u0000"}', 'a contains a NUL character'],
    ['a lone surrogate', '{"a": ["\\udc00"]}', 'a[0] contains a lone surrogate'],
    ['__proto__', '{"a": {"__proto__": 1}}', 'a has a member __proto__, which is not allowed'],
    [
      '__proto__ in disguise',
      '{"\\u005F_proto__": 1}',
      'the document has a member __proto__, which is not allowed',
    ],
  ];
  for (const [name, text, reason] of refused) {
    it(`refuses ${name} (docs/compatibility.md, json-limits and json-unusable-values)`, () => {
      const error = refusalOf(text);

      assert.equal(error.message, `Invalid data: ${reason}`);
      assert.equal(error.cause, undefined);
    });
  }

  it('says where malformed JSON is, and that it is malformed', () => {
    const error = refusalOf('{"a": [1, }');

    assert.equal(
      error.message,
      'Invalid data: expected a JSON object, got malformed JSON (expected a value, got "}" in a[1], line 1 column 11)',
    );
    assert.ok(error.cause instanceof SyntaxError);
  });

  for (const text of ['', ' \r\n\t']) {
    it(`says of ${JSON.stringify(text)} that it is empty`, () => {
      const error = refusalOf(text);

      assert.equal(error.message, 'Invalid data: expected a JSON object, got an empty body');
      assert.ok(error.cause instanceof SyntaxError);
    });
  }
});

describe('parseJsonObject', () => {
  it('gives an object', () => {
    assert.deepEqual(parseJsonObject(Buffer.from('{"a": 1}')).value, { a: 1 });
  });

  const others: readonly (readonly [string, string])[] = [
    ['[]', 'list'],
    ['"x"', 'str'],
    ['1', 'int'],
    ['1.0', 'float'],
    ['1e1', 'float'],
    ['true', 'bool'],
    ['false', 'bool'],
    ['null', 'NoneType'],
  ];
  for (const [text, type] of others) {
    it(`refuses ${text} as ${type}`, () => {
      assert.throws(() => parseJsonObject(Buffer.from(text)), {
        kind: 'invalid',
        message: `Invalid data: expected a JSON object, got ${type}`,
      });
    });
  }
});

function refusalOf(text: string): InspectorError {
  try {
    parseJson(Buffer.from(text));
  } catch (error) {
    assert.ok(error instanceof InspectorError && error.kind === 'invalid', String(error));
    return error;
  }
  throw new Error('expected a refusal');
}
