import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { LogFollower } from './log-follower.ts';

function following(t: TestContext, before: string | undefined = '') {
  const path = join(temporaryFolder().path, 'dnsmasq.log');
  if (before !== undefined) writeFileSync(path, before);
  const follower = new LogFollower(path);
  t.after(() => follower.close());
  const all = async () => {
    const found: string[] = [];
    for (let lines = await follower.next(); lines !== undefined; lines = await follower.next())
      found.push(...lines);
    return found;
  };
  return { path, follower, all };
}

describe('LogFollower', () => {
  it('begins at the end of the file, and gives whole lines as they come', async (t) => {
    const { path, all } = following(t, 'old\n');
    const before = await all();
    appendFileSync(path, 'one\ntwo\nthr');
    const first = await all();
    appendFileSync(path, 'ee\n');

    assert.deepEqual([before, first, await all()], [[], ['one', 'two'], ['three']]);
  });

  it('goes on with the file that takes its place, after the rest of the old one', async (t) => {
    const { path, all } = following(t);
    await all();
    appendFileSync(path, 'one\n');
    renameSync(path, `${path}.1`);
    const moved = await all();
    writeFileSync(path, 'three\n');
    appendFileSync(`${path}.1`, 'two\n');
    const changing = await all();

    assert.deepEqual([moved, changing, await all()], [['one'], ['two'], ['three']]);
  });

  it('begins anew in a file that was emptied', async (t) => {
    const { path, all } = following(t, 'old line\n');
    await all();
    truncateSync(path);
    appendFileSync(path, 'new\n');

    assert.deepEqual(await all(), ['new']);
  });

  it('reads all of a file that was not there', async (t) => {
    const { path, follower, all } = following(t);
    rmSync(path);
    await assert.rejects(follower.next(), { code: 'ENOENT' });
    writeFileSync(path, 'first\n');

    assert.deepEqual(await all(), ['first']);
  });

  it('leaves out lines without end, and holds none of them', async (t) => {
    const { path, all } = following(t);
    await all();
    appendFileSync(path, `${'x'.repeat(300_000)}\nshort\n${'y'.repeat(5000)}\nlast\n`);

    assert.deepEqual(await all(), ['short', 'last']);
  });

  it('keeps up by leaving out what is long ago', async (t) => {
    const { path, all } = following(t);
    await all();
    appendFileSync(path, `${'many\n'.repeat(4_000_000)}last\n`);

    const lines = await all();

    assert.ok(lines.length < 3_400_000);
    assert.equal(lines.at(-1), 'last');
    assert.ok(lines.every((line) => line === 'many' || line === 'last'));
  });

  it('refuses what is no file, without waiting for it', async (t) => {
    const { path, follower } = following(t);
    rmSync(path);
    mkdirSync(path);
    await assert.rejects(follower.next(), /expected a file/);
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);

    await assert.rejects(follower.next(), /expected a file/);
  });
});
