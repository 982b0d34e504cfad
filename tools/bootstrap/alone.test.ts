import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { alone } from './alone.mjs';
import { Hindrance } from './hindrance.mjs';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alone-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('alone', () => {
  it('does one thing after the other', async (t) => {
    const folder = temporaryFolder(t);
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push(`${name} ends`);
    };

    await Promise.all([alone(folder, work('a')), alone(folder, work('b'))]);

    assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('leaves nothing behind, also when the work fails', async (t) => {
    const folder = temporaryFolder(t);

    await assert.rejects(
      alone(folder, () => Promise.reject(new Error('no space'))),
      /no space/,
    );

    assert.deepEqual(readdirSync(folder), []);
  });

  it('takes over from a process that has died', async (t) => {
    const folder = temporaryFolder(t);
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, 'bootstrap.lock'), String(pid));

    await alone(folder, async () => {});

    assert.equal(existsSync(join(folder, 'bootstrap.lock')), false);
  });

  it('says what must be writable', async (t) => {
    const folder = join(temporaryFolder(t), 'file');
    writeFileSync(folder, '');

    await assert.rejects(
      alone(folder, async () => {}),
      (error) => error instanceof Hindrance && /^Cannot write to .*must be writable/.test(error.message),
    );
  });
});
