// Shows these lines of docs/compatibility.md: native-api-process, split-fake-transport.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../testing/free-port.ts';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { serviceConfiguration } from '../../testing/service-configuration.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { main as apiMain } from './ironic-inspector-api.ts';
import { main as conductorMain } from './ironic-inspector-conductor.ts';

const commands = [
  ['ironic-inspector-api', apiMain],
  ['ironic-inspector-conductor', conductorMain],
] as const;

/** A configuration in a folder of its own; there is no broker at the port that it names. */
async function role(more = '') {
  const { path } = temporaryFolder();
  const on = madeUpConsole(path);
  const file = join(path, 'service.conf');
  const logFile = join(path, 'service.log');
  writeFileSync(
    file,
    `${serviceConfiguration(join(path, 'service.sqlite'))}
[DEFAULT]
standalone = false
host = here.example
transport_url = rabbit://guest:guest@127.0.0.1:${await freePort()}/
log_file = ${logFile}
${more}`,
  );
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  return { on, file, log };
}

const noBroker = /The message broker at 127\.0\.0\.1:\d+ cannot be used, trying again/;

async function logged(log: () => string, what: RegExp): Promise<void> {
  while (!what.test(log())) await wait(5);
}

for (const [program, main] of commands) {
  describe(program, () => {
    it('is for split services only', async () => {
      const { on, file } = await role('standalone = true');

      assert.equal(await main(['--config-file', file], on), 1);
      assert.equal(on.said.err, `To run ${program}, [DEFAULT]standalone should be set to False.\n`);
    });

    it('checks its configuration', async () => {
      const { on, file } = await role();

      assert.equal(await main(['--config-file', file, '--check-config'], on), 0);
      assert.equal(on.said.out, 'Configuration is valid\n');
    });

    it('needs a broker that other processes reach', async () => {
      for (const check of [[], ['--check-config']]) {
        const { on, file } = await role('transport_url = fake://');

        assert.equal(await main(['--config-file', file, ...check], on), 1);
        assert.match(on.said.err, /^\[DEFAULT\]transport_url: fake:\/\/ reaches no other process/);
      }
    });

    it('names itself', async () => {
      const { on } = await role();

      assert.equal(await main(['--help'], on), 0);
      assert.match(on.said.out, new RegExp(`^Usage: ${program} `));
    });
  });
}

describe('ironic-inspector-api', () => {
  it('starts without a broker and without conductors, reads, and stops on SIGTERM', async () => {
    const { on, file, log } = await role();

    const running = apiMain(['--config-file', file], on);
    await logged(log, /Listening on http/);
    const url = /Listening on (http:\S+)/.exec(log())?.[1] ?? '';
    const list = await fetch(`${url}/v1/introspection`);
    const start = await fetch(`${url}/v1/introspection/6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11`, {
      method: 'POST',
    });
    await logged(log, noBroker);
    on.signals.emit('SIGHUP');
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.deepEqual([list.status, start.status], [200, 503]);
    assert.deepEqual(await start.json(), { error: { message: 'No available conductor service' } });
  });
});

describe('ironic-inspector-conductor', () => {
  it('starts without a broker, and stops on SIGTERM', async () => {
    const { on, file, log } = await role();

    const running = conductorMain(['--config-file', file], on);
    await logged(log, /Running as conductor here\.example/);
    await logged(log, noBroker);
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.match(log(), /Joined as conductor here\.example/);
  });

  it('has a name that queues can have', async () => {
    const { on, file } = await role('host = not a host');

    assert.equal(await conductorMain(['--config-file', file], on), 1);
    assert.match(on.said.err, /^\[DEFAULT\]host: expected a name/);
  });
});
