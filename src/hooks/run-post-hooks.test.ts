import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../testing/node-draft-builder.ts';
import { silentLogger } from '../logging/logger.ts';
import type { ProcessingHook } from './processing-hook.ts';
import { runPostHooks } from './run-post-hooks.ts';

const context = { log: silentLogger() };

function setting(name: string): ProcessingHook {
  return {
    name,
    beforeUpdate: (data, node) => node.updateProperties({ [name]: data.value ?? null }),
  };
}

describe('runPostHooks', () => {
  it('runs the hooks in order on one draft, and notes who changed what', async () => {
    const draft = nodeDraft();

    await runPostHooks([setting('a'), { name: 'idle' }, setting('b')], { value: '1' }, draft, context);

    assert.deepEqual(draft.node.properties, { a: '1', b: '1' });
    assert.deepEqual(
      draft.plan().changes.map((change) => [change.by, change.path]),
      [
        ['hook a', '/properties/a'],
        ['hook b', '/properties/b'],
      ],
    );
  });

  it('stops at the first failure and keeps what was drafted before it', async () => {
    const draft = nodeDraft();
    const failing: ProcessingHook = { name: 'x', beforeUpdate: () => Promise.reject(new TypeError('bug')) };

    await assert.rejects(
      runPostHooks([setting('a'), failing, setting('b')], { value: '1' }, draft, context),
      TypeError,
    );

    assert.deepEqual(draft.node.properties, { a: '1' });
  });
});
