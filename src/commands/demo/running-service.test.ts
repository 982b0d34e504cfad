import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { madeUpProcesses } from '../../../testing/made-up-demo.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { openDirectory } from './demo-directory.ts';
import { startProgress } from './progress.ts';
import { runningService } from './running-service.ts';

const progress = startProgress({ now: () => 0, write: () => {} });

/** A folder whose pid file says 100, and processes of which that is this one. */
function folder(commandLine: (configFile: string) => string | undefined) {
  const directory = openDirectory('demo', { workingDirectory: temporaryFolder().path, userId: undefined });
  writeFileSync(directory.pidFile, '100\n');
  const line = commandLine(directory.configFile);
  return { directory, processes: madeUpProcesses(line === undefined ? {} : { 100: line }) };
}

const ours = (configFile: string) => `/usr/bin/node /x/bin/ironic-inspector.js --config-file ${configFile}`;

describe('runningService', () => {
  it('finds the service of the folder, and stops it', async () => {
    const { directory, processes } = folder(ours);

    const service = runningService(directory, processes);
    await service?.stop(progress);

    assert.equal(service?.pid, 100);
    assert.deepEqual(processes.signals, ['SIGTERM 100']);
    assert.equal(existsSync(directory.pidFile), false);
    assert.equal(runningService(directory, processes), undefined);
  });

  for (const [what, commandLine] of [
    ['has ended', () => undefined],
    ['is another program now', () => 'sshd: root@pts/0'],
    ['is the service of another folder', () => ours('/elsewhere/demo.conf')],
    ['only shows our configuration', (file: string) => `less ${file}`],
    ['only begins like ours', (file: string) => `${ours(file)}.old`],
  ] as const) {
    it(`leaves a process alone that ${what}`, () => {
      const { directory, processes } = folder(commandLine);

      assert.equal(runningService(directory, processes), undefined);
      assert.deepEqual(processes.signals, []);
    });
  }

  it('signals nobody when the service has ended since', async () => {
    const { directory, processes } = folder(ours);
    const service = runningService(directory, processes);
    processes.signal(100, 'SIGKILL');

    await service?.stop(progress);

    assert.deepEqual(processes.signals, ['SIGKILL 100']);
    assert.equal(existsSync(directory.pidFile), false);
  });

  it('says what to do when the service does not stop', async () => {
    const { directory, processes } = folder(ours);
    const stubborn = { ...processes, signal: () => {} };

    const service = runningService(directory, stubborn, 100, 50);

    await assert.rejects(async () => service?.stop(progress), {
      kind: 'unavailable',
      message: /^The service \(process 100\) does not stop\. .* "kill -9 100" ends it at once$/,
    });
  });
});
