import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { until } from '../../testing/until.ts';
import { serviceNotifier } from './service-notifier.ts';

/** A notifier whose program writes down what it is to send. */
function notifier(
  environment: Record<string, string> = {},
  script = 'echo "$NOTIFY_SOCKET $*" >> "$0.said"',
) {
  const folder = temporaryFolder().path;
  const program = join(folder, 'notify');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  const complaints: string[] = [];
  const on = {
    environment: { NOTIFY_SOCKET: '@s', PATH: '/usr/bin:/bin', ...environment },
    processId: 42,
    complain: (sentence: string) => void complaints.push(sentence),
    program,
  };
  const said = () =>
    existsSync(`${program}.said`) ? readFileSync(`${program}.said`, 'utf8').split('\n') : [];
  return { notify: serviceNotifier(on), said, complaints };
}

describe('the service manager', () => {
  it('is told of the life of the service, in order', async () => {
    const { notify, said } = notifier();

    notify.ready('up');
    notify.reloading();
    notify.ready('up again');
    notify.stopping();
    await until(() => said().length === 5);

    assert.deepEqual(said(), [
      '@s --no-block READY=1 STATUS=up',
      '@s --no-block RELOADING=1',
      '@s --no-block READY=1 STATUS=up again',
      '@s --no-block STOPPING=1 STATUS=Stopping',
      '',
    ]);
    notify.end();
  });

  it('is told twice in the time of its watchdog that the service lives, until the end', async () => {
    const { notify, said } = notifier({ WATCHDOG_USEC: '40000', WATCHDOG_PID: '42' });

    notify.ready('up');
    notify.ready('up');
    await until(() => said().filter((line) => line.endsWith('WATCHDOG=1')).length >= 2);
    notify.end();
    // Comes after all that was to be told until now.
    notify.stopping();
    const last = () => said().at(-2);
    await until(() => last()?.includes('STOPPING=1') === true);
    await wait(60);

    assert.match(last() ?? '', /STOPPING=1/);
  });

  it('has no watchdog for another process, or without a time', async () => {
    for (const environment of [{ WATCHDOG_USEC: '1000', WATCHDOG_PID: '43' }, { WATCHDOG_USEC: 'x' }]) {
      const { notify, said } = notifier(environment);
      notify.ready('up');
      await until(() => said().length > 1);
      await wait(20);

      assert.equal(said().length, 2);
      notify.end();
    }
  });

  it('is left alone where there is none', async () => {
    const { notify, said } = notifier({ NOTIFY_SOCKET: '' });

    notify.ready('up');
    notify.reloading();
    notify.stopping();
    notify.end();
    await wait(20);

    assert.deepEqual(said(), []);
  });

  it('may be out of reach, which is told once', async () => {
    const { notify, complaints } = notifier({}, 'exit 3');
    const missing: string[] = [];
    const none = serviceNotifier({
      environment: { NOTIFY_SOCKET: '@s' },
      processId: 1,
      complain: (sentence) => void missing.push(sentence),
      program: '/nowhere/notify',
    });

    notify.ready('up');
    notify.stopping();
    none.ready('up');
    await until(() => complaints.length > 0 && missing.length > 0);
    await wait(20);

    assert.match(complaints.join('|'), /^systemd cannot be told how the service is: .*notify ended with 3$/);
    assert.match(missing[0] ?? '', /ENOENT/);
  });
});
