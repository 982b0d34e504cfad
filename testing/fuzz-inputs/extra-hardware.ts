import assert from 'node:assert/strict';
import { extraHardwareHook } from '../../src/hooks/processing/extra-hardware.ts';
import { isObject, type JsonValue } from '../../src/json/json-value.ts';
import { parseJsonObject } from '../../src/json/parse-json.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { nodeDraft } from '../node-draft-builder.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { headOf, textOf, valueOf } from './edited-document.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** A list of the extra-hardware collector; `strict` or not, then one item a line, of JSON values divided by blanks. */
export const extraHardware: FuzzTarget = {
  name: 'extra-hardware',
  words: [
    'strict',
    'cpu',
    'physical',
    'number',
    '__proto__',
    'constructor',
    'null',
    '[]',
    '{}',
    '1e999',
    '1_0',
  ],
  seeds: [
    '\ncpu physical number 48\ndisk sda size "500"\nnetwork eno1 serial 52:54:00:aa:bb:01',
    'strict\ncpu physical number 48\nsystem product name R1\nmemory total size 12.5',
    'strict\ncpu physical number\n[]\n5',
    '\n1 true null 1e999\n__proto__ a b c\nlogical cpu_0 bogomips " 10 "\nx\n{} [] 1 2',
  ],
  async run(input) {
    const [mode, lines] = headOf(input.toString('latin1'));
    const items = lines.split('\n').map((line): JsonValue => {
      const words = line.split(' ').map((word) => valueOf(textOf(word, 20_000)));
      return words.length > 1 ? words : (words[0] ?? null);
    });
    const { value: data } = parseJsonObject(Buffer.from(JSON.stringify({ data: items })));
    const hook = extraHardwareHook({ strict: mode === 'strict' });

    await hook.beforeUpdate?.(data, nodeDraft(), { log: silentLogger() });

    if (data.extra !== undefined) assertNested(data.extra);
    assertPlainJson(data.extra ?? null);
  },
};

/** Categories, items, fields. */
function assertNested(extra: JsonValue): void {
  assert.ok(isObject(extra));
  for (const category of Object.values(extra)) {
    assert.ok(isObject(category));
    for (const item of Object.values(category)) assert.ok(isObject(item));
  }
}
