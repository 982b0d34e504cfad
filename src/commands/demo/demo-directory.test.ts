import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { forgetEarlierRuns, openDirectory } from './demo-directory.ts';

/** The folder of this path within an empty one; the test's user owns both unless told otherwise. */
function open(path: string, folder = temporaryFolder().path, userId = process.getuid?.()) {
  return openDirectory(path, { workingDirectory: folder, userId });
}

describe("the demo's folder", () => {
  it('is made, for its user alone', () => {
    const folder = temporaryFolder().path;

    const directory = open('new one', folder);

    assert.equal(directory.path, join(folder, 'new one'));
    assert.equal(directory.configFile, join(folder, 'new one', 'demo.conf'));
    assert.equal(statSync(directory.path).mode & 0o777, 0o700);
  });

  it('may be there already, empty or from an earlier run', () => {
    const folder = temporaryFolder().path;

    const first = open('demo', folder);
    const second = open('demo', folder);
    writeFileSync(second.database, '');
    const third = open('demo', folder);
    writeFileSync(third.configFile, '');
    writeFileSync(join(third.path, 'notes.txt'), '');

    assert.deepEqual(open('demo', folder), first);
  });

  it('is not one that holds other things', () => {
    const folder = temporaryFolder().path;
    writeFileSync(join(folder, 'thesis.txt'), '');

    assert.throws(() => open('.', folder), {
      kind: 'invalid',
      message: `The folder ${folder} holds other things. Name an empty or a new one with --directory`,
    });
    assert.deepEqual(readdirSync(folder), ['thesis.txt']);
  });

  it('is not made together with the folders above it', () => {
    const folder = temporaryFolder().path;

    assert.throws(() => open('a/b/c', folder), {
      kind: 'invalid',
      message: new RegExp(`since there is no ${folder}/a/b\\. Make that first`),
    });
  });

  it('is neither a file nor a link to elsewhere', () => {
    const folder = temporaryFolder().path;
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'target'));
    symlinkSync(join(folder, 'target'), join(folder, 'link'));

    for (const name of ['file', 'link']) {
      assert.throws(() => open(name, folder), {
        kind: 'invalid',
        message:
          /: expected a folder that belongs to this user\. Remove it, or name another with --directory$/,
      });
    }
  });

  it("is not another user's", () => {
    const folder = temporaryFolder().path;
    mkdirSync(join(folder, 'theirs'));

    assert.throws(() => open('theirs', folder, 4_000_000), {
      message: /expected a folder that belongs to this user/,
    });
  });

  it('is anybody’s where users have no numbers', () => {
    const folder = temporaryFolder().path;

    assert.ok(existsSync(openDirectory('x', { workingDirectory: folder, userId: undefined }).path));
  });

  it('has a path that the configuration can hold', () => {
    for (const path of ['what?', 'back\\slash', 'two\nlines']) {
      assert.throws(() => open(path), { kind: 'invalid', message: /^The folder's path must not contain "/ });
    }
  });

  it('says what the system says when it cannot be made', () => {
    const long = 'x'.repeat(300);

    assert.throws(() => open(long), {
      kind: 'invalid',
      message: /cannot be written: ENAMETOOLONG.*--directory$/,
    });
  });
});

describe('forgetEarlierRuns', () => {
  it('deletes what the demo has made, and nothing else', () => {
    const directory = open('demo');
    const ours = [directory.configFile, directory.database, `${directory.database}-wal`, directory.logFile];
    for (const file of [...ours, directory.pidFile, directory.lockFile, join(directory.path, 'mine')]) {
      writeFileSync(file, '');
    }

    forgetEarlierRuns(directory);

    assert.deepEqual(readdirSync(directory.path), ['demo.lock', 'mine']);
  });

  it('says what to do when the system refuses', () => {
    const directory = open('demo');
    mkdirSync(directory.database);

    assert.throws(() => forgetEarlierRuns(directory), { kind: 'invalid', message: /cannot be written/ });
  });
});
