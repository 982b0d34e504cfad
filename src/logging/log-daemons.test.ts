// Shows these lines of docs/compatibility.md: journal-fields.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { datagramReceiver } from '../../testing/datagram-receiver.ts';
import { pause } from '../../testing/pause.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openJournalTarget } from './journal-target.ts';
import { facilityNumber } from './syslog-priority.ts';
import { openSyslogTarget } from './syslog-target.ts';

const python =
  spawnSync('python3', ['--version']).status === 0 && spawnSync('logger', ['--version']).status === 0;
const skip = !python && 'python3 or logger is not installed';

describe('syslog', { skip }, () => {
  const settings = { kind: 'syslog', identifier: 'ironic-inspector', facility: 19 } as const;

  it('gets each line with the priority, time and name that syslog() gives it', async () => {
    const socket = join(temporaryFolder().path, 'log');
    const daemon = await datagramReceiver(socket);
    const failures: Error[] = [];
    const target = openSyslogTarget({ ...settings, socket }, (error) => failures.push(error));

    target.write('hello <1> 100%s\n', 'info');
    target.write('Error: é\n    at x\n', 'critical');
    target.write(`${'x'.repeat(65_536)}\n`, 'debug');
    await target.close();
    await daemon.received(4);
    await daemon.end();

    const [first = '', second, third, fourth = ''] = daemon.messages.map((message) =>
      message.replace(/>\w{3} [\d ]\d \d\d:\d\d:\d\d /, '>TIME '),
    );
    assert.equal(first, '<158>TIME ironic-inspector: hello <1> 100%s');
    assert.equal(second, '<154>TIME ironic-inspector: Error: é');
    assert.equal(third, '<154>TIME ironic-inspector:     at x');
    assert.equal(fourth.length, '<159>TIME ironic-inspector: '.length + 65_536);
    assert.deepEqual(failures, []);
  });

  it('that is not there is told of, and the service goes on', async () => {
    const failures: string[] = [];
    const socket = join(temporaryFolder().path, 'none');
    const target = openSyslogTarget({ ...settings, socket }, ({ message }) => failures.push(message));

    target.write('one\n', 'info');
    while (failures.length === 0) await wait(10);
    await wait(50);
    target.write('two\n', 'info');
    target.reopen();
    await target.close();

    assert.match(failures[0] ?? '', /logger: socket .*none: No such file|EPIPE/);
  });
});

describe("systemd's journal", () => {
  it('gets a header, then lines with their severity, on a new connection after a lost one', async () => {
    const socket = join(temporaryFolder().path, 'stdout');
    const connections: { text: string; connection: Socket }[] = [];
    const journal = createServer((connection) => {
      const one = { text: '', connection };
      connections.push(one);
      connection.setEncoding('utf8').on('data', (text: string) => (one.text += text));
    }).listen(socket);
    await once(journal, 'listening');
    const target = openJournalTarget(
      { kind: 'journal', identifier: 'ironic-inspector', facility: 3, socket },
      () => {},
    );

    target.write('one\ntwo\n', 'warning');
    while (!connections[0]?.text.includes('two')) await wait(5);
    connections[0].connection.destroy();
    await pause(30);
    target.write('three\n', 'error');
    while (!connections[1]?.text.includes('three')) await wait(5);
    target.reopen();
    await target.close();
    journal.close();

    const header = 'ironic-inspector\n\n30\n1\n0\n0\n0\n';
    assert.deepEqual(
      connections.map(({ text }) => text),
      [`${header}<4>one\n<4>two\n`, `${header}<3>three\n`],
    );
  });

  it('is required where it is asked for', async () => {
    const settings = { kind: 'journal', identifier: 'x', facility: 1, socket: '/nowhere/x' } as const;

    assert.throws(() => openJournalTarget(settings, () => {}), /there is no \/nowhere\/x: unset use_journal/);
  });

  it('closes without ever having been used', async () => {
    const socket = temporaryFolder().path;

    await openJournalTarget({ kind: 'journal', identifier: 'x', facility: 1, socket }, () => {}).close();
  });
});

describe('facilities', () => {
  it('have the numbers of syslog', () => {
    assert.deepEqual(['LOG_USER', 'kern', 'Log_Local7', 'daemon'].map(facilityNumber), [1, 0, 23, 3]);
    assert.throws(() => facilityNumber('moon'), /must be one of LOG_KERN, .* and is 'moon'/);
  });
});
