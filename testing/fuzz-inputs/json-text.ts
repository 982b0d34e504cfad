import assert from 'node:assert/strict';
import { parseJson } from '../../src/json/parse-json.ts';
import { pythonJson } from '../../src/json/python-json.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** The text of a document, in any encoding: what the platform's parser refuses is refused, and what is read is kept. */
export const jsonText: FuzzTarget = {
  name: 'json-text',
  words: ['true', 'false', 'null', '1e999', '-0', '"\\ud800"', '"\\u0000"', '\xef\xbb\xbf', '__proto__'],
  seeds: [
    '{"a": [1, 1.0, -0, 1e5, 12345678901234567890, true, null, "\\u00e9\\n"], "b": {"c": {}}}',
    '{"a": "\xc3\xa9\xf0\x9f\x98\x80", "a": 1e999, "b": "\\ud83d\\ude00"}',
    '\xff\xfe{\0"\0a\0"\0:\x001\0}\0',
    '{"a": NaN, "b": -Infinity}',
    '\0\0\0{\0\0\0}',
  ],
  run(input) {
    const isJson = platformReads(input);
    const { value, exactNumbers } = parseJson(input);
    assert.notEqual(isJson, false, 'what is no JSON was read');
    const text = pythonJson(value, exactNumbers);
    const again = parseJson(Buffer.from(text));
    assert.equal(pythonJson(again.value, again.exactNumbers), text);
  },
};

/** `undefined` for text in another encoding than UTF-8. */
function platformReads(input: Buffer): boolean | undefined {
  if (input.includes(0) || input[0] === 0xff || input[0] === 0xfe) return undefined;
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(input));
    return true;
  } catch {
    return false;
  }
}
