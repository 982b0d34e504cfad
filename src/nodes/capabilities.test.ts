import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { JsonValue } from '../json/json-value.ts';
import { silentLogger } from '../logging/logger.ts';
import { mergeCapabilities } from './capabilities.ts';

describe('mergeCapabilities', () => {
  const cases: [JsonValue | undefined, Record<string, string | null>, string][] = [
    [undefined, { a: '1' }, 'a:1'],
    [null, { a: '1' }, 'a:1'],
    ['', { a: '1', b: '2' }, 'a:1,b:2'],
    ['a:1', {}, 'a:1'],
    ['b:1,a:2', { c: '3' }, 'b:1,a:2,c:3'],
    ['b:1,a:2', { b: '9' }, 'b:9,a:2'],
    ['b:1,a:2', { b: null }, 'a:2'],
    ['a:1', { a: null }, ''],
    ['a:1', { b: null }, 'a:1'],
    ['url:http://h:80', {}, 'url:http://h:80'],
    ['a:1,a:2', {}, 'a:2'],
    ['a:', {}, 'a:'],
    ['a:1, b:2', { b: '3' }, 'a:1, b:2,b:3'],
    [{ a: '1', b: 2, c: true, d: 1.5 }, { e: 'x' }, 'a:1,b:2,c:True,d:1.5,e:x'],
    [{ a: null, b: ['x'] }, {}, "b:['x']"],
    [{}, { a: '1' }, 'a:1'],
  ];
  for (const [existing, changes, expected] of cases) {
    it(`makes '${expected}' of ${JSON.stringify(existing)} and ${JSON.stringify(changes)}`, () => {
      const log = recordingLogger();

      assert.equal(mergeCapabilities(existing, changes, log), expected);
      assert.deepEqual(log.lines, []);
    });
  }

  it('leaves out malformed items with a warning (docs/compatibility.md, capabilities-malformed)', () => {
    const log = recordingLogger();

    const merged = mergeCapabilities('good:1,bad,,:none,fine:2', { new: '3' }, log);

    assert.equal(merged, 'good:1,fine:2,new:3');
    assert.deepEqual(log.lines, [
      'warning: Ignoring malformed capability "bad": expected name:value',
      'warning: Ignoring malformed capability "": expected name:value',
      'warning: Ignoring malformed capability ":none": expected name:value',
    ]);
  });

  for (const existing of [7, true, ['a:1']] as const) {
    it(`begins anew where there is ${JSON.stringify(existing)}`, () => {
      const log = recordingLogger();

      const merged = mergeCapabilities(existing as JsonValue, { a: '1' }, log);

      assert.equal(merged, 'a:1');
      assert.deepEqual(log.lines, [
        `warning: Ignoring properties/capabilities: expected "name:value,...", got ${JSON.stringify(existing)}`,
      ]);
    });
  }

  it('takes names that every object has for what they are', () => {
    const existing = JSON.parse('{"constructor": "1"}') as JsonValue;

    assert.equal(mergeCapabilities(existing, { toString: '2' }, silentLogger()), 'constructor:1,toString:2');
  });
});
