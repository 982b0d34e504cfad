import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { freePort } from '../../../testing/free-port.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { answersAsService, demoClient } from './demo-client.ts';
import { writeConfiguration } from './demo-configuration.ts';
import { openDirectory } from './demo-directory.ts';
import { systemProcesses } from './processes.ts';
import { startProgress } from './progress.ts';
import { runningService } from './running-service.ts';
import { startService } from './start-service.ts';

const progress = startProgress({ now: () => 0, write: () => {} });

async function prepared(environment = {}) {
  const directory = openDirectory('demo', { workingDirectory: temporaryFolder().path, userId: undefined });
  const port = await freePort();
  writeConfiguration(directory, port);
  const client = demoClient(`http://127.0.0.1:${port}`);
  const controller = new AbortController();
  const starting = {
    directory,
    client,
    environment: { ...process.env, ...environment },
    progress,
    signal: controller.signal,
  };
  return { directory, client, controller, starting };
}

describe('startService', () => {
  it('starts a service that answers, whatever options the environment sets, and tells of its end', async () => {
    const { directory, client, starting } = await prepared({ OS_DEFAULT__LISTEN_PORT: '1', OS_TOKEN: 'x' });

    const service = await startService(starting);
    const answers = await answersAsService(client);
    const noted = readFileSync(directory.pidFile, 'utf8');
    await runningService(directory, systemProcesses())?.stop(progress);

    assert.equal(answers, true);
    assert.equal(noted, `${service.pid}\n`);
    // The service is not waited for by this process, whose event loop must not end before it is told.
    const alive = setTimeout(() => {}, 60_000);
    await assert.rejects(service.ended, { kind: 'unavailable', message: /its log may say why: / });
    clearTimeout(alive);
    assert.equal(await answersAsService(client), false);
  });

  it('says why a service did not come up, and what to do about old data', async () => {
    const { directory, starting } = await prepared();
    writeFileSync(directory.database, 'no database, as it is long enough to be seen '.repeat(100));

    await assert.rejects(startService(starting), {
      kind: 'unavailable',
      message:
        /^The service has ended or did not start: Cannot open the database .*: file is not a database.*begin anew with --fresh$/s,
    });
    assert.equal(existsSync(directory.pidFile), false);
  });

  it('ends the service when the waiting is interrupted', async () => {
    const { directory, controller, starting, client } = await prepared();
    const reason = new Error('enough');

    const started = startService(starting);
    controller.abort(reason);

    await assert.rejects(started, reason);
    assert.equal(existsSync(directory.pidFile), false);
    assert.equal(await answersAsService(client), false);
  });

  it('says so when no answer comes in time', async () => {
    const { starting } = await prepared();
    const client = demoClient(`http://127.0.0.1:${await freePort()}`);

    await assert.rejects(startService({ ...starting, client }, 300), {
      kind: 'unavailable',
      message: /^The service has ended or did not start: it does not answer at http/,
    });
  });
});
