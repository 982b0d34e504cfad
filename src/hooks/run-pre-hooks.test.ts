import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ProcessingHook } from './processing-hook.ts';
import { runPreHooks } from './run-pre-hooks.ts';

function failing(name: string, error: unknown): ProcessingHook {
  return {
    name,
    beforeProcessing() {
      throw error;
    },
  };
}

describe('runPreHooks', () => {
  it('runs the hooks in order, each on what the one before has left', async () => {
    const append = (name: string): ProcessingHook => ({
      name,
      async beforeProcessing(data) {
        await Promise.resolve();
        data.order = [data.order ?? null, name];
      },
    });
    const data: JsonObject = {};

    const failures = await runPreHooks([append('a'), { name: 'idle' }, append('b')], data, {
      log: recordingLogger(),
    });

    assert.deepEqual(failures, []);
    assert.deepEqual(data.order, [[null, 'a'], 'b']);
  });

  it('collects and logs failures, and runs the others', async () => {
    const log = recordingLogger();
    const data: JsonObject = {};
    const hooks: ProcessingHook[] = [
      failing('one', new InspectorError('invalid', 'no inventory')),
      failing('two', new TypeError('x is undefined')),
      failing('three', 'thrown text'),
      {
        name: 'four',
        beforeProcessing: (given) => Promise.reject(new RangeError(String(Object.keys(given).length))),
      },
      { name: 'five', beforeProcessing: (given) => void (given.done = true) },
    ];

    const failures = await runPreHooks(hooks, data, { log });

    assert.deepEqual(failures, [
      'Preprocessing hook one: no inventory',
      'Unexpected exception TypeError during preprocessing in hook two: x is undefined',
      'Unexpected exception string during preprocessing in hook three: thrown text',
      'Unexpected exception RangeError during preprocessing in hook four: 0',
    ]);
    assert.deepEqual(log.at('error'), failures);
    assert.equal(data.done, true);
  });

  it('cuts a very long failure (long-failures)', async () => {
    const hook = failing('a', new InspectorError('invalid', 'x'.repeat(1_000_000)));

    const [failure] = await runPreHooks([hook], {}, { log: recordingLogger() });

    assert.ok((failure?.length ?? 0) < 10_100);
    assert.match(failure ?? '', /^Preprocessing hook a: x+\.\.\. \(1000022 characters in all\)$/);
  });
});
