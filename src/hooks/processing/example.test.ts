// Shows these lines of docs/compatibility.md: example-hooks-log.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { exampleHook } from './example.ts';

describe('example', () => {
  it('says when it is called, and changes nothing (example-hooks-log)', () => {
    const log = recordingLogger();
    const data = { inventory: { secret: 'value' }, error: null };
    const draft = nodeDraft();

    void exampleHook().beforeProcessing?.(data, { log });
    void exampleHook().beforeUpdate?.(data, draft, { log });

    assert.deepEqual(log.lines, [
      'debug: before_processing: inventory, error',
      `debug: before_update: inventory, error (node ${draft.uuid})`,
    ]);
    assert.deepEqual(data, { inventory: { secret: 'value' }, error: null });
    assert.deepEqual(draft.plan().changes, []);
  });
});
