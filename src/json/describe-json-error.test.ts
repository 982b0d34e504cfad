import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { describeJsonError } from './describe-json-error.ts';

const malformed: readonly (readonly [string, string])[] = [
  ['', 'expected a value, got the end in the document, line 1 column 1'],
  ['tru', 'expected a value, got "t" in the document, line 1 column 1'],
  ['{} // x', 'expected nothing more, got "/" in the document, line 1 column 4'],
  ["{'a': 1}", `expected a name or '}', got "'" in the document, line 1 column 2`],
  ['{"inventory": {', "expected a name or '}', got the end in inventory, line 1 column 16"],
  ['{"a":1,}', 'expected a name, got "}" in the document, line 1 column 8'],
  ['{"a" 1}', `expected ':', got "1" in a, line 1 column 6`],
  ['{"a":1 "b":2}', `expected ',' or '}', got "\\"" in a, line 1 column 8`],
  ['{"a":[1,{"b":2},\n  {"c":]}', 'expected a value, got "]" in a[2].c, line 2 column 8'],
  ['[1 2]', `expected ',' or ']', got "2" in [0], line 1 column 4`],
  ['[1,]', 'expected a value, got "]" in [1], line 1 column 4'],
  ['[01]', `expected ',' or ']', got "1" in [0], line 1 column 3`],
  ['["a\tb"]', 'expected a character, an escape or the end of a string, got "\\t" in [0], line 1 column 4'],
  ['["\\x"]', 'expected a character, an escape or the end of a string, got "\\\\" in [0], line 1 column 3'],
  ['["abc', 'expected a character, an escape or the end of a string, got the end in [0], line 1 column 6'],
  [
    '{"a',
    'expected a character, an escape or the end of a string, got the end in the document, line 1 column 4',
  ],
];

describe('describeJsonError', () => {
  for (const [text, reason] of malformed) {
    it(`says of ${JSON.stringify(text)}: ${reason}`, () => {
      assert.throws(() => JSON.parse(text), SyntaxError);
      assert.deepEqual(describeJsonError(text), { reason, nonFinite: false });
    });
  }

  for (const word of ['NaN', 'Infinity', '-Infinity']) {
    it(`tells ${word} from other errors`, () => {
      assert.deepEqual(describeJsonError(`{"a": [1, {"b": ${word}}]}`), {
        reason: `expected a finite number, got ${word} in a[1].b, line 1 column 17`,
        nonFinite: true,
      });
    });
  }

  it('is not recursive', () => {
    assert.match(describeJsonError('['.repeat(200_000)).reason, /^expected a value or ']', got the end in/);
  });

  it('finds an error exactly where there is one', () => {
    const damaged = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '1', '\\', 'x', '\n', '-'),
      )
      .map(
        ([text, at, by]) =>
          text.slice(0, at % (text.length + 1)) + by + text.slice((at % (text.length + 1)) + 1),
      );

    fc.assert(
      fc.property(damaged, (text) => {
        const { reason } = describeJsonError(text);
        assert.equal(/expected nothing more, got the end/.test(reason), isJson(text), text);
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
