import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpProcesses } from '../../../testing/made-up-demo.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { lockDirectory } from './directory-lock.ts';

function folder() {
  const { path } = temporaryFolder();
  return { path, lockFile: join(path, 'demo.lock') };
}

const demo = 'node tools/run-command.mjs demo --keep';

describe('lockDirectory', () => {
  it('keeps a second demo out until the first is done', () => {
    const directory = folder();
    const processes = madeUpProcesses({ 100: demo, 200: 'node tools/run-command.mjs demo' });

    const unlock = lockDirectory(directory, { processes, processId: 100 });
    assert.throws(() => lockDirectory(directory, { processes, processId: 200 }), {
      kind: 'conflict',
      message: new RegExp(
        `^Another demo \\(process 100\\) is at work in ${directory.path}\\. Wait until it is done`,
      ),
    });
    unlock();
    lockDirectory(directory, { processes, processId: 200 })();

    assert.equal(existsSync(directory.lockFile), false);
    assert.deepEqual(processes.signals, []);
  });

  for (const [what, left, lines] of [
    ['a demo that was killed', '100', {}],
    ['a number that belongs to another program now', '100', { 100: 'vim demo.conf' }],
    ['the same number again', '200', { 200: demo }],
    ['no number', 'nonsense', {}],
    ['nothing at all', '', {}],
  ] as const) {
    it(`takes over from ${what}`, () => {
      const directory = folder();
      writeFileSync(directory.lockFile, left);

      lockDirectory(directory, { processes: madeUpProcesses(lines), processId: 200 });

      assert.equal(readFileSync(directory.lockFile, 'utf8'), '200\n');
    });
  }

  it('says what to do where nothing can be written', () => {
    const path = join(temporaryFolder().path, 'gone');

    assert.throws(
      () =>
        lockDirectory(
          { path, lockFile: join(path, 'demo.lock') },
          { processes: madeUpProcesses({}), processId: 1 },
        ),
      { kind: 'invalid', message: /cannot be written: ENOENT.*--directory$/ },
    );
  });
});
