import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { fromProc, fromPs, pidIn, systemProcesses } from './processes.ts';

/** A number that no process has any more. */
function endedPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the processes of the system', () => {
  it('are known by their command lines, and end on a signal', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'a word'], {
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    const processes = systemProcesses();
    const pid = child.pid ?? 0;

    const line = processes.commandLineOf(pid);
    processes.signal(pid, 'SIGTERM');
    const [, signal] = await once(child, 'exit');

    assert.match(line ?? '', / a word$/);
    assert.equal(signal, 'SIGTERM');
    assert.equal(processes.commandLineOf(pid), undefined);
    assert.doesNotThrow(() => processes.signal(pid, 'SIGTERM'));
  });

  it('may not be signalled when they are not ours', (t) => {
    t.mock.method(process, 'kill', () => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });

    assert.throws(() => systemProcesses().signal(1, 'SIGTERM'), /EPERM/);
  });

  for (const [name, commandLineOf] of [
    ['/proc', fromProc],
    ['ps', fromPs],
  ] as const) {
    it(`are told apart from none by ${name}`, (t) => {
      const line = commandLineOf(process.pid);
      if (line === undefined) return t.skip(`this machine has no ${name}`);

      assert.ok(line.includes(process.argv0) || line.includes(process.execPath), line);
      assert.equal(commandLineOf(endedPid()), undefined);
    });
  }
});

describe('pidIn', () => {
  for (const [text, expected] of [
    ['4711\n', 4711],
    ['1\n', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['12.5', undefined],
    ['many', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${expected}`, () => {
      const path = join(temporaryFolder().path, 'pid');
      writeFileSync(path, text);

      assert.equal(pidIn(path), expected);
    });
  }

  it('finds nothing where there is no file', () => {
    assert.equal(pidIn('/no/such/file'), undefined);
  });
});
