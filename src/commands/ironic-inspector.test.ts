// Shows these lines of docs/compatibility.md: log-options-only-dump.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { serviceConfiguration } from '../../testing/service-configuration.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { Running } from '../running.ts';
import { allInOneRole, main } from './ironic-inspector.ts';
import { packageVersion } from './package-version.ts';
import { runService } from './run-service.ts';

const program = 'ironic-inspector';

/** The command with a configuration in a folder of its own; it logs to a file there. */
function service(more = '', changes = {}) {
  const { path } = temporaryFolder();
  const on = madeUpConsole(path, changes);
  const file = join(path, 'service.conf');
  const logFile = join(path, 'service.log');
  const database = join(path, 'service.sqlite');
  writeFileSync(file, `${serviceConfiguration(database)}\n[DEFAULT]\nlog_file = ${logFile}\n${more}`);
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  return { on, file, path, logFile, database, log };
}

/** Returns when the log says so. */
async function logged(log: () => string, what: string): Promise<void> {
  while (!log().includes(what)) await wait(5);
}

function messages(log: string): string[] {
  return log.split('\n').flatMap((line) => / ironic_inspector \[-\] (.*)$/.exec(line)?.[1] ?? []);
}

describe('ironic-inspector', () => {
  it('serves until SIGTERM, and tells of what it works with', async () => {
    const { on, file, log, database } = service();

    const running = main(['--config-file', file], on);
    await logged(log, 'Listening');
    const url = /Listening on (http:\S+)/.exec(log())?.[1] ?? '';
    const answer = await fetch(url);
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.equal(answer.status, 200);
    const told = messages(log());
    assert.deepEqual(told.slice(0, 3), [
      `Starting ${program} ${packageVersion()} on Node ${process.version}`,
      `Configuration files: ${file}`,
      `Database: ${database}`,
    ]);
    assert.deepEqual(told.slice(-2), ['Stopping on SIGTERM', 'Stopped']);
    assert.deepEqual(on.said, { out: '', err: '' });
    assert.deepEqual(on.left, []);
    assert.equal(on.signals.eventNames().length, 0, 'signals have their usual effect again');
  });

  it('warns of what has no effect, and with --debug shows every option but the secret ones', async () => {
    const { on, file, log } = service('timout = 5\n');

    const running = main(['--config-file', file, '--debug'], on);
    await logged(log, 'Listening');
    on.signals.emit('SIGINT');

    assert.equal(await running, 0);
    assert.match(log(), /WARNING .*service\.conf:\d+: unknown option 'timout' of \[DEFAULT\]/);
    assert.match(log(), /DEBUG .* debug {26}= True /m);
    assert.match(log(), /DEBUG .* database\.connection {12}= \*\*\*\* /m);
  });

  it('leaves the options out where log_options says so', async () => {
    const { on, file, log } = service('log_options = false\n');

    const running = main(['--config-file', file, '--debug'], on);
    await logged(log, 'Listening');
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.doesNotMatch(log(), /Configuration options gathered from|log_options has no effect/);
  });

  it('opens a log file that was moved away on SIGHUP, and ignores a second signal to stop', async () => {
    const { on, file, log, logFile } = service();

    const running = main(['--config-file', file], on);
    await logged(log, 'Listening');
    renameSync(logFile, `${logFile}.1`);
    on.signals.emit('SIGHUP');
    const reopened = existsSync(logFile);
    on.signals.emit('SIGTERM');
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.ok(reopened);
    assert.match(log(), /WARNING .* SIGTERM is ignored: the service is stopping already/);
  });

  it('takes over options that may change on SIGHUP', async () => {
    const { on, file, log } = service();

    const running = main(['--config-file', file], on);
    await logged(log, 'Listening');
    appendFileSync(file, 'debug = true\ntimeout = 77\n');
    on.signals.emit('SIGHUP');
    await logged(log, 'immutable option');
    const url = /Listening on (http:\S+)/.exec(log())?.[1] ?? '';
    await fetch(`${url}/v1/introspection`);
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.match(log(), /INFO .* Option DEFAULT\.debug changed from \[False\] to \[True\]/);
    assert.match(log(), /WARNING .* Ignoring change to immutable option DEFAULT\.timeout/);
  });

  it('tells systemd that it is ready, reloads and stops', async () => {
    const programs = temporaryFolder().path;
    const told = join(programs, 'told');
    writeFileSync(join(programs, 'systemd-notify'), `#!/bin/sh\necho "$@" >> ${told}\n`, { mode: 0o755 });
    const environment = { NOTIFY_SOCKET: '@s', PATH: `${programs}:/usr/bin:/bin` };
    const { on, file, log } = service('', { environment });
    const said = () => (existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : []);

    const running = main(['--config-file', file], on);
    await logged(log, 'Listening');
    on.signals.emit('SIGHUP');
    on.signals.emit('SIGTERM');
    await running;
    while (said().length < 4) await wait(5);

    assert.deepEqual(
      said().map((line) =>
        line.replace(/^--no-block (\w+=1)( STATUS=Listening on http:\S+)?/, '$1$2').slice(0, 31),
      ),
      [
        'READY=1 STATUS=Listening on htt',
        'RELOADING=1',
        'READY=1 STATUS=Listening on htt',
        'STOPPING=1 STATUS=Stopping',
      ],
    );
  });

  it('refuses old names of options with fatal_deprecations', async () => {
    const { on, file } = service('logdir = /tmp\nfatal_deprecations = true\n');

    assert.equal(await main(['--config-file', file], on), 1);
    assert.match(on.said.err, /Option "logdir" .* is deprecated.*\n\[DEFAULT\]fatal_deprecations forbids/);
  });

  it('ends when its terminal goes', async () => {
    const { on, file, log } = service('', { isAtTerminal: true });

    const running = main(['--config-file', file], on);
    await logged(log, 'Listening');
    on.signals.emit('SIGHUP');

    assert.equal(await running, 0);
    assert.match(log(), /Stopping on SIGHUP/);
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    const { on } = service();
    const running = { status: 'running', stop: async () => true };
    const role = { ...allInOneRole, start: async () => running };
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();

    const ended = runService(role, ['--config-file', join(on.home, 'service.conf')], on);
    setImmediate(() => on.signals.emit('SIGTERM'));
    const exitCode = await ended;

    assert.equal(exitCode, 0);
    // One that an earlier test has left may be gone meanwhile.
    assert.ok(timers() <= before);
  });

  it('stops after its start when the signal comes earlier', async () => {
    const { on, file, log } = service();
    const started = Promise.withResolvers<Running>();

    const running = runService(
      { ...allInOneRole, start: () => started.promise },
      ['--config-file', file],
      on,
    );
    await logged(log, 'Starting');
    on.signals.emit('SIGTERM');
    started.resolve({ status: 'Listening', stop: async () => true });

    assert.equal(await running, 0);
    assert.match(log(), /Listening[^]*Stopping on SIGTERM[^]*Stopped/);
  });

  it('ends the process when the start goes on for long after the signal, as that of a database that is away', async () => {
    const { on, file, log } = service();

    const running = runService(
      { ...allInOneRole, start: () => new Promise(() => {}) },
      ['--config-file', file],
      on,
    );
    await logged(log, 'Starting');
    on.signals.emit('SIGTERM');

    assert.equal(await running, 0);
    assert.deepEqual(on.left, [0]);
    assert.match(log(), /Stopping on SIGTERM, before the service is up/);
  });

  it('ends the process with 1 when work is left that keeps it alive', async () => {
    const { on, file, log } = service();
    const start = async () => ({ status: 'Listening on http://here', stop: async () => false });

    const running = runService({ ...allInOneRole, start }, ['--config-file', file], on);
    await logged(log, 'Listening on http://here');
    on.signals.emit('SIGTERM');

    assert.equal(await running, 1);
    assert.deepEqual(on.left, [1]);
    assert.match(log(), /ERROR .* Stopped with work left: it is taken up at the next start/);
  });

  it('refuses to run where the API and the conductor are to be two processes', async () => {
    const { on, file, log } = service('standalone = false\n');

    assert.equal(await main(['--config-file', file], on), 1);
    assert.equal(
      on.said.err,
      'To run ironic-inspector in standalone mode, [DEFAULT]standalone should be set to True.\n',
    );
    assert.equal(log(), '');
  });

  it('says on standard error and in the log why it cannot start', async (t: TestContext) => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    t.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const { on, file, log } = service(`listen_port = ${port}\n`);

    assert.equal(await main(['--config-file', file], on), 1);

    assert.match(
      on.said.err,
      new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: the port is in use.*\n$`),
    );
    assert.match(log(), /CRITICAL .* ironic-inspector ends: Cannot listen on/);
    assert.equal(on.signals.eventNames().length, 0);
  });

  it('shows where a fault of its own comes from', async () => {
    const { on } = service('', {
      exists: () => {
        throw new TypeError('no such function');
      },
    });

    assert.equal(await main([], on), 1);
    assert.match(on.said.err, /^TypeError: no such function\n +at /);
  });

  for (const [what, argv, expected] of [
    [
      'a file that is not there',
      ['--config-file', '/no/such.conf'],
      /Failed to find some config files: \/no\/such\.conf/,
    ],
    [
      'a folder that is not there',
      ['--config-dir', '/no/such'],
      /Failed to read config file directory: \/no\/such/,
    ],
  ] as const) {
    it(`exits with 1 for ${what}`, async () => {
      const { on } = service();

      assert.equal(await main(argv, on), 1);
      assert.match(on.said.err, expected);
    });
  }

  it('exits with 1 for a bad value, naming the file and line', async () => {
    const { on, file } = service('timeout = soon\n');

    assert.equal(await main(['--config-file', file], on), 1);
    assert.match(on.said.err, /timeout from .*service\.conf:\d+.*soon/s);
  });

  it('exits with 1 for a log file that cannot be opened', async () => {
    const { on, file } = service('log_file = /no/such/folder/x.log\n');

    assert.equal(await main(['--config-file', file], on), 1);
    assert.match(on.said.err, /log file \/no\/such\/folder\/x\.log cannot be opened/);
  });

  it('exits with 2 for arguments that it does not know, and says nothing else', async () => {
    const { on } = service();

    assert.equal(await main(['--frobnicate'], on), 2);
    assert.match(on.said.err, /unknown option '--frobnicate'/);
  });

  it('finds its configuration in the usual places', async () => {
    const { on, path, file } = service('standalone = false\n');
    writeFileSync(join(path, 'ironic-inspector.conf'), readFileSync(file));

    assert.equal(await main([], on), 1);
    assert.match(on.said.err, /^To run ironic-inspector in standalone mode/);
  });

  it('prints its version over this process', async (t) => {
    const write = t.mock.method(process.stdout, 'write', () => true);

    const code = await main(['--version']);

    const printed = write.mock.calls.map(({ arguments: [text] }) => String(text));
    write.mock.restore();
    assert.equal(code, 0);
    assert.ok(printed.includes(`${packageVersion()}\n`));
  });
});
