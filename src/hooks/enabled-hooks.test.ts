import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { enabledHooks } from './enabled-hooks.ts';
import type { ProcessingHook } from './processing-hook.ts';

const makers = new Map<string, () => ProcessingHook>([
  ['a', () => ({ name: 'a' })],
  ['b', () => ({ name: 'b' })],
  ['needs_a', () => ({ name: 'needs_a', dependencies: ['a'] })],
  ['needs_both', () => ({ name: 'needs_both', dependencies: ['a', 'b'] })],
  ['needs_itself', () => ({ name: 'needs_itself', dependencies: ['needs_itself'] })],
  [
    'broken',
    () => {
      throw new InspectorError('invalid', 'bad options');
    },
  ],
]);

function enabled(names: string, log = recordingLogger()): string[] {
  return enabledHooks(names, makers, log).map((hook) => hook.name);
}

describe('enabledHooks', () => {
  it('keeps the order, trims names and drops empty ones', () => {
    assert.deepEqual(enabled(' b , a,, needs_a ,'), ['b', 'a', 'needs_a']);
    assert.deepEqual(enabled(''), []);
  });

  it('runs a hook twice that is named twice, made once', () => {
    const hooks = enabledHooks('a,b,a', makers, recordingLogger());

    assert.deepEqual(
      hooks.map((hook) => hook.name),
      ['a', 'b', 'a'],
    );
    assert.equal(hooks[0], hooks[2]);
  });

  it('names the hooks that are unknown or cannot be made, and logs why', () => {
    const log = recordingLogger();

    assert.throws(() => enabled('a,unknown,broken,unknown,constructor', log), {
      kind: 'invalid',
      message: 'The following hook(s) are missing or failed to load: unknown, broken, constructor',
    });
    assert.deepEqual(log.at('error'), [
      'Could not load the hook unknown: there is no hook of this name',
      'Could not load the hook broken: bad options',
      'Could not load the hook constructor: there is no hook of this name',
    ]);
  });

  it('accepts dependencies that come earlier', () => {
    assert.deepEqual(enabled('a,b,needs_both'), ['a', 'b', 'needs_both']);
  });

  it('names all dependencies that do not come earlier, a hook itself included', () => {
    assert.throws(() => enabled('needs_a,a,needs_both,needs_itself'), {
      kind: 'invalid',
      message: [
        'Some hooks failed to load due to dependency problems:',
        'Hook needs_a requires the following hooks to be enabled before it: a. The following hooks are missing: a.',
        'Hook needs_both requires the following hooks to be enabled before it: a, b. The following hooks are missing: b.',
        'Hook needs_itself requires the following hooks to be enabled before it: needs_itself. The following hooks are missing: needs_itself.',
      ].join('\n'),
    });
  });
});
