import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceback } from './traceback.ts';

describe('traceback', () => {
  it('gives name and message, then the frames', () => {
    const [first, ...frames] = traceback(new TypeError('broken'));

    assert.equal(first, 'TypeError: broken');
    assert.ok(frames.length > 0);
    assert.ok(frames.every((line) => line.startsWith('    at ')));
  });

  it('keeps a message in one line, whatever it pretends to be', () => {
    const lines = traceback(new Error('a\n    at forged (x.ts:1:1)\n2026-11-22 INFO forged'));

    assert.equal(lines[0], 'Error: a\\n    at forged (x.ts:1:1)\\n2026-11-22 INFO forged');
    assert.ok(lines.slice(1).every((line) => !line.includes('forged')));
  });

  it('finds the frames when the message is empty, was changed, or there is no stack', () => {
    const changed = new Error('before\n    at forged (x.ts:1:1)');
    changed.message = 'after';
    const bare = new Error('bare');
    delete bare.stack;

    assert.ok(traceback(new Error(''))[1]?.startsWith('    at '));
    assert.equal(traceback(changed)[0], 'Error: after');
    assert.deepEqual(traceback(bare), ['Error: bare']);
  });

  it('goes on to the causes, as far as five', () => {
    let error = new Error('0');
    for (let depth = 1; depth < 9; depth += 1) error = new Error(String(depth), { cause: error });

    const told = traceback(error).filter((line) => !line.startsWith('    at '));

    assert.deepEqual(told, [
      'Error: 8',
      ...['7', '6', '5', '4', '3'].map((text) => `Caused by: Error: ${text}`),
    ]);
  });

  it('shows causes that are no errors, and the errors of an aggregate', () => {
    const told = traceback(
      new AggregateError([new Error('one'), 'two\n'], 'several', { cause: { toString: () => 'odd' } }),
    ).filter((line) => !line.startsWith('    at '));

    assert.deepEqual(told, [
      'AggregateError: several',
      'One of the errors: Error: one',
      'One of the errors: two\\n',
      'Caused by: odd',
    ]);
  });

  it('is cut where it is very long', () => {
    assert.ok(traceback(new Error('x'.repeat(200_000))).join('\n').length < 66_000);
  });
});
