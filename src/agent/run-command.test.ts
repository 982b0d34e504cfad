import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandRunner } from './run-command.ts';

describe('running a program', () => {
  it('gives its output and exit code', async () => {
    const run = commandRunner(10);

    const fine = await run('sh', ['-c', 'echo out; echo err >&2']);
    const failed = await run('sh', ['-c', 'exit 4']);

    assert.deepEqual(fine, { outcome: 'exited', code: 0, stdout: 'out\n', stderr: 'err\n' });
    assert.deepEqual(failed, { outcome: 'exited', code: 4, stdout: '', stderr: '' });
  });

  it('says that a program is missing', async () => {
    const result = await commandRunner(10)('no-such-program-here', []);

    assert.deepEqual(result, { outcome: 'missing' });
  });

  it('ends a program that does not answer in time', async () => {
    const result = await commandRunner(0.05)('sleep', ['30']);

    assert.deepEqual(result, { outcome: 'failed', reason: 'no answer within 0.05 s' });
  });

  it('ends a program that prints without end', async () => {
    const result = await commandRunner(10)('sh', [
      '-c',
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
    ]);

    assert.equal(result.outcome, 'failed');
  });

  it('says when a program was ended by a signal', async () => {
    const result = await commandRunner(10)('sh', ['-c', 'kill -9 $$']);

    assert.deepEqual(result, { outcome: 'failed', reason: 'ended by SIGKILL' });
  });

  it('hands on no environment of its caller, and asks for untranslated output', async () => {
    const result = await commandRunner(10)('env', []);

    assert.equal(result.outcome, 'exited');
    assert.match(result.stdout, /^LC_ALL=C$/m);
    assert.doesNotMatch(result.stdout, /^HOME=/m);
  });
});
