// Shows these lines of docs/compatibility.md: ramdisk-logs-undecodable, ramdisk-logs-mode.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { defaultsOf } from '../config/option.ts';
import { type RamdiskLogs, ramdiskLogs } from './ramdisk-logs.ts';
import { ramdiskLogsOptions } from './ramdisk-logs-options.ts';

type Options = Parameters<typeof ramdiskLogs>[0];

function logsWith(options: Partial<Options>) {
  const log = recordingLogger();
  const clock = settableClock('2026-11-22T13:36:05.042Z');
  const kept = ramdiskLogs({ ...defaultsOf(ramdiskLogsOptions), ...options }, { clock });
  const logs = {
    storeAlways: kept.storeAlways,
    store: (...[data, uuid]: Parameters<RamdiskLogs['store']> | [any, string | undefined]) =>
      kept.store(data, uuid, log),
  };
  return { logs, log };
}

const archive = Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff, 0x0a]);
const withLogs = (logs: any) => ramdiskData({ logs });
const missing = ['warning: No ramdisk logs to keep: "logs" is missing or not base64'];

describe('the options of ramdisk logs', () => {
  it('have the defaults of the original', () => {
    assert.deepEqual(defaultsOf(ramdiskLogsOptions), {
      ramdisk_logs_dir: null,
      always_store_ramdisk_logs: false,
      ramdisk_logs_filename_format: '{uuid}_{dt:%Y%m%d-%H%M%S.%f}.tar.gz',
    });
  });

  it('say whether logs are kept after success, too', () => {
    assert.equal(logsWith({ always_store_ramdisk_logs: true }).logs.storeAlways, true);
    assert.equal(logsWith({}).logs.storeAlways, false);
  });

  it('are refused at start-up when the file name does not work', () => {
    assert.throws(() => logsWith({ ramdisk_logs_filename_format: '{name}' }), { kind: 'invalid' });
  });
});

describe('ramdisk logs', () => {
  it('are written as they are, into a folder that is made', async () => {
    const folder = temporaryFolder();
    const directory = join(folder.path, 'new', 'logs');
    const { logs, log } = logsWith({ ramdisk_logs_dir: directory });

    await logs.store(withLogs(archive.toString('base64')), 'u1');

    const path = join(directory, 'u1_20261122-133605.042000.tar.gz');
    assert.deepEqual(readdirSync(directory), ['u1_20261122-133605.042000.tar.gz']);
    assert.deepEqual(readFileSync(path), archive);
    assert.deepEqual(log.lines, [`info: Ramdisk logs were kept in ${path}`]);
  });

  it('are not for everybody to read', async () => {
    const folder = temporaryFolder();
    const { logs } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: 'logs' });

    await logs.store(withLogs('AAAA'), 'u1');

    assert.equal(statSync(join(folder.path, 'logs')).mode & 0o007, 0);
  });

  it('are named after what is known of the machine', async () => {
    const folder = temporaryFolder();
    const format = '{uuid}_{bmc}_{mac}';
    const { logs } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: format });

    await logs.store(withLogs('AAAA'), 'u1');
    await logs.store({ logs: 'AAAA' }, undefined);

    assert.deepEqual(readdirSync(folder.path).sort(), [
      'u1_192.0.2.10_525400aabb01',
      'unknown_unknown_unknown',
    ]);
  });

  it('stay in their folder, whatever the ramdisk says', async () => {
    const folder = temporaryFolder();
    const directory = join(folder.path, 'a', 'b');
    const { logs } = logsWith({ ramdisk_logs_dir: directory, ramdisk_logs_filename_format: '{bmc}_{mac}' });
    const data = ramdiskData({
      logs: 'AAAA',
      'inventory.bmc_address': '../../escaped',
      boot_interface: '../../escaped',
    });

    await logs.store(data, undefined);

    assert.deepEqual(readdirSync(folder.path), ['a']);
    assert.deepEqual(readdirSync(join(folder.path, 'a')), ['b']);
    assert.equal(readdirSync(directory).length, 1);
  });

  it('replace those of the same name', async () => {
    const folder = temporaryFolder();
    const { logs } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: 'logs' });

    await logs.store(withLogs(Buffer.from('a longer text').toString('base64')), 'u1');
    await logs.store(withLogs(archive.toString('base64')), 'u2');

    assert.deepEqual(readFileSync(join(folder.path, 'logs')), archive);
    assert.deepEqual(readdirSync(folder.path), ['logs']);
  });

  it('of many machines at once under one name are those of one of them', async () => {
    const folder = temporaryFolder();
    const { logs, log } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: 'logs' });
    const archives = Array.from({ length: 20 }, (_, n) => Buffer.alloc(50_000, n));

    await Promise.all(archives.map((content) => logs.store(withLogs(content.toString('base64')), 'u')));

    const kept = readFileSync(join(folder.path, 'logs'));
    assert.ok(archives.some((content) => content.equals(kept)));
    assert.deepEqual(readdirSync(folder.path), ['logs']);
    assert.deepEqual(log.at('error'), []);
  });

  it('may have line breaks in their base64 text', async () => {
    const folder = temporaryFolder();
    const { logs } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: 'logs' });

    await logs.store(withLogs('H4sI\nAP8K\r\n'), 'u1');

    assert.deepEqual(readFileSync(join(folder.path, 'logs')), Buffer.from('H4sIAP8K', 'base64'));
  });
});

describe('logs that cannot be kept', () => {
  const undecodable = [undefined, null, '', '  \n', 7, {}, ['AAAA'], true];
  const notBase64 = ['not base64!', 'AAA', 'A===', 'AAAA=AAA', 'AA\u0000A', 'AAAé', '=', 'AA-_'];
  for (const logs of [...undecodable, ...notBase64]) {
    it(`are left out with a warning: ${JSON.stringify(logs)}`, async () => {
      const folder = temporaryFolder();
      const directory = join(folder.path, 'logs');
      const { logs: keeping, log } = logsWith({ ramdisk_logs_dir: directory });

      await keeping.store(withLogs(logs), 'u1');

      assert.deepEqual(log.lines, missing);
      assert.equal(existsSync(directory), false);
    });
  }

  it('are not there in a document without any', async () => {
    const { logs, log } = logsWith({ ramdisk_logs_dir: '/nowhere' });

    await logs.store({}, undefined);

    assert.deepEqual(log.lines, missing);
  });

  it('are those for which no folder is set', async () => {
    const { logs, log } = logsWith({ ramdisk_logs_dir: null });

    await logs.store(withLogs('AAAA'), 'u1');

    assert.deepEqual(log.lines, [
      'warning: Ramdisk logs are not kept: [processing]ramdisk_logs_dir is not set',
    ]);
  });

  it('are an error in the log when the folder cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    const directory = join(folder.path, 'file', 'logs');
    const { logs, log } = logsWith({ ramdisk_logs_dir: directory });

    await logs.store(withLogs('AAAA'), 'u1');

    assert.equal(log.lines.length, 1);
    assert.match(log.lines[0] ?? '', /^error: Ramdisk logs could not be written to .*logs: E(NOTDIR|EXIST)/);
  });

  it('leave no unfinished file behind', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'logs', 'in the way'), { recursive: true });
    const { logs, log } = logsWith({ ramdisk_logs_dir: folder.path, ramdisk_logs_filename_format: 'logs' });

    await logs.store(withLogs('AAAA'), 'u1');

    assert.equal(log.at('error').length, 1);
    assert.deepEqual(readdirSync(folder.path), ['logs']);
  });
});
