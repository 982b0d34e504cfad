import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openFileTarget } from './file-target.ts';
import { type Rotation, rotatorOf } from './rotate-file.ts';

/** A log file that is rotated, and what lies in its folder. */
function rotated(rotation: Rotation, at = new Date(2026, 10, 22, 20, 0, 0)) {
  const folder = temporaryFolder().path;
  const clock = { now: at };
  const failures: string[] = [];
  const path = join(folder, 'x.log');
  const open = () =>
    openFileTarget(
      { kind: 'file', path, rotation },
      ({ message }) => failures.push(message),
      () => clock.now,
    );
  const files = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  return { folder, path, clock, failures, open, files };
}

describe('rotation by size', () => {
  it('sets the file aside before it grows beyond the size, and keeps as many as wanted', async () => {
    const { open, files } = rotated({ kind: 'size', bytes: 6, keep: 2 });
    const target = open();

    for (const line of ['one\n', '2\n', 'three\n', 'four\n', 'five\n']) target.write(line, 'info');
    await target.close();

    assert.deepEqual(files(), { 'x.log': 'five\n', 'x.log.1': 'four\n', 'x.log.2': 'three\n' });
  });

  it('does nothing with a size or a number of zero', async () => {
    for (const rotation of [
      { kind: 'size', bytes: 0, keep: 2 },
      { kind: 'size', bytes: 1, keep: 0 },
    ] as const) {
      const { open, files } = rotated(rotation);
      const target = open();

      target.write('one\n', 'info');
      target.write('two\n', 'info');
      await target.close();

      assert.deepEqual(files(), { 'x.log': 'one\ntwo\n' });
    }
  });

  it('goes on with the file when it cannot be set aside', async () => {
    const { open, folder, files, failures } = rotated({ kind: 'size', bytes: 4, keep: 1 });
    const target = open();
    target.write('one\n', 'info');
    // A file cannot take the place of a folder.
    mkdirSync(join(folder, 'x.log.1'));

    target.write('two\n', 'info');
    await target.close();

    assert.match(failures[0] ?? '', /EISDIR|ENOTEMPTY|EEXIST/);
    assert.equal(readFileSync(join(folder, 'x.log'), 'utf8'), 'one\ntwo\n');
    assert.throws(files);
  });
});

describe('rotation by interval', () => {
  it('sets the file aside once for each interval with lines, and drops the oldest', async () => {
    const { open, clock, files } = rotated({ kind: 'interval', unit: 'minutes', every: 5, keep: 2 });
    const target = open();

    for (const minute of [0, 4, 6, 12, 30]) {
      clock.now = new Date(2026, 10, 22, 20, minute);
      target.write(`${minute}\n`, 'info');
    }
    await target.close();

    assert.deepEqual(files(), {
      'x.log': '30\n',
      'x.log.2026-11-22_20-05': '6\n',
      'x.log.2026-11-22_20-10': '12\n',
    });
  });

  it('counts from the last change of a file that was there', async () => {
    const { open, path, clock, files } = rotated({ kind: 'interval', unit: 'days', every: 1, keep: 0 });
    writeFileSync(path, 'old\n');
    utimesSync(path, new Date(2026, 10, 20, 9), new Date(2026, 10, 20, 9));
    const target = open();

    target.write('new\n', 'info');
    clock.now = new Date(2026, 10, 22, 21, 0, 0);
    target.write('newer\n', 'info');
    await target.close();

    assert.deepEqual(files(), { 'x.log': 'new\nnewer\n', 'x.log.2026-11-20': 'old\n' });
  });

  for (const [unit, every, begin, due, suffix] of [
    ['seconds', 10, new Date(2026, 0, 1, 0, 0, 0), new Date(2026, 0, 1, 0, 0, 10), '2026-01-01_00-00-00'],
    ['hours', 2, new Date(2026, 0, 1, 5), new Date(2026, 0, 1, 7), '2026-01-01_05'],
    ['midnight', 9, new Date(2026, 0, 1, 5), new Date(2026, 0, 2), '2026-01-01'],
    // 2026-01-01 is a Thursday: the next day of the week 6, a Sunday, ends on Monday the 5th.
    ['weekday', 6, new Date(2026, 0, 1, 5), new Date(2026, 0, 5), '2025-12-29'],
    ['weekday', 3, new Date(2026, 0, 1, 5), new Date(2026, 0, 2), '2025-12-26'],
  ] as const) {
    it(`knows when ${every} ${unit} end`, () => {
      const { path, folder } = rotated({ kind: 'interval', unit, every, keep: 1 });
      const rotator = rotatorOf(path, { kind: 'interval', unit, every, keep: 1 }, begin);

      assert.equal(rotator.isDue(new Date(due.getTime() - 1), 0), false);
      assert.equal(rotator.isDue(due, 0), true);
      rotator.rotate(due);
      assert.equal(rotator.isDue(due, 0), false, 'also without a file');
      writeFileSync(path, '');
      utimesSync(path, begin, begin);
      rotatorOf(path, { kind: 'interval', unit, every, keep: 1 }, due).rotate(due);
      assert.deepEqual(readdirSync(folder), [`x.log.${suffix}`]);
    });
  }
});
