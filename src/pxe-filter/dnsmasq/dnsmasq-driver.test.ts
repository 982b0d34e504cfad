// Shows these lines of docs/compatibility.md: dnsmasq-never-open, dnsmasq-stop-at-the-end.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { filterDriverContract } from '../../../testing/filter-driver-contract.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { defaultsOf, type OptionsOf } from '../../config/option.ts';
import type { PrivilegedCommand } from '../../host/privileged-command.ts';
import { silentLogger } from '../../logging/logger.ts';
import { dnsmasqDriver } from './dnsmasq-driver.ts';
import { dnsmasqOptions } from './dnsmasq-options.ts';
import type { HostsFiles } from './hosts-files.ts';

type DnsmasqOptions = OptionsOf<typeof dnsmasqOptions.options>;

const closed = { mode: 'closed', allowed: new Set<string>(), denied: new Set<string>() } as const;

function optionsIn(folder: string, more: Partial<DnsmasqOptions> = {}): DnsmasqOptions {
  const hostsdir = join(folder, 'hostsdir');
  fs.mkdirSync(hostsdir, { recursive: true });
  return {
    ...defaultsOf(dnsmasqOptions),
    dhcp_hostsdir: hostsdir,
    dhcp_hostsfile: join(folder, 'hostsfile'),
    ...more,
  };
}

/** What dnsmasq makes of lines: the last about a MAC address counts, and wins over the pattern. */
function answersBy(lines: string, mac: string): boolean {
  const about = (subject: string) =>
    lines.split('\n').findLast((line) => line === subject || line === `${subject},ignore`);
  return !(about(mac) ?? about('*:*:*:*:*:*') ?? '').endsWith(',ignore');
}

for (const layout of ['hostsdir', 'hostsfile'] as const) {
  filterDriverContract(`dnsmasq, layout ${layout}`, () => {
    const options = optionsIn(temporaryFolder().path, { layout, dnsmasq_reload_command: 'reload dnsmasq' });
    let failures = 0;
    const files: HostsFiles = {
      ...fs,
      renameSync(from, to) {
        if (failures > 0) throw Object.assign(new Error('EIO: made up'), { code: 'EIO', left: failures-- });
        fs.renameSync(from, to);
      },
    };
    // As dnsmasq sees them: with the hostsfile, what was there at the last signal.
    let read = '';
    const lines = () => {
      const hostsdir = options.dhcp_hostsdir;
      const all = fs.readdirSync(hostsdir).filter((name) => !name.startsWith('.'));
      return all.map((name) => fs.readFileSync(join(hostsdir, name), 'utf8')).join('');
    };
    const run = async () => {
      if (layout === 'hostsfile') read = fs.readFileSync(options.dhcp_hostsfile, 'utf8');
      return '';
    };
    return {
      make: () => dnsmasqDriver(options, { log: silentLogger(), run, files }),
      answers: (mac) => answersBy(layout === 'hostsdir' ? lines() : read, mac),
      damage() {
        const path =
          layout === 'hostsdir' ? join(options.dhcp_hostsdir, '52:54:00:00:00:01') : options.dhcp_hostsfile;
        fs.rmSync(path, { force: true });
        fs.writeFileSync(path, '');
      },
      failNext: () => void (failures = 1),
    };
  });
}

describe('dnsmasqDriver', () => {
  function made(more: Partial<DnsmasqOptions> = {}) {
    const { path } = temporaryFolder();
    const options = optionsIn(path, more);
    const commands: PrivilegedCommand[] = [];
    const log = recordingLogger();
    const faults = { run: undefined as Error | undefined };
    const driver = dnsmasqDriver(options, {
      log,
      async run(command) {
        commands.push(command);
        if (faults.run !== undefined) throw faults.run;
        return '';
      },
    });
    return { driver, commands, log, faults, options };
  }

  it('starts dnsmasq once the filter is in force, and once only', async () => {
    const { driver, commands, log, options } = made({ dnsmasq_start_command: 'systemctl start dnsmasq' });
    await driver.init();
    assert.deepEqual(commands, []);

    await driver.apply(closed);
    await driver.apply(closed);

    assert.deepEqual(commands, [{ program: 'systemctl', args: ['start', 'dnsmasq'] }]);
    assert.deepEqual(log.at('info'), ['The dnsmasq PXE filter was initialized']);
    assert.deepEqual(fs.readdirSync(options.dhcp_hostsdir), ['unknown_hosts_filter']);
  });

  it('does not start dnsmasq before a call has worked, and tries again when it does not start', async () => {
    const { driver, commands, faults, options } = made({ dnsmasq_start_command: 'start' });
    await driver.init();
    fs.rmSync(options.dhcp_hostsdir, { recursive: true });
    await assert.rejects(driver.apply(closed), { kind: 'unavailable' });
    assert.equal(commands.length, 0);
    fs.mkdirSync(options.dhcp_hostsdir);
    faults.run = new Error('no such unit');
    await assert.rejects(driver.apply(closed), /no such unit/);

    faults.run = undefined;
    await driver.apply(closed);

    assert.equal(commands.length, 2);
  });

  it('goes by no change after a call that failed, whatever of it was done', async () => {
    const { driver, faults, options } = made({ dnsmasq_start_command: 'start' });
    const mac = '52:54:00:00:00:01';
    await driver.init();
    faults.run = new Error('no');
    await assert.rejects(driver.apply({ ...closed, mode: 'allow-list', allowed: new Set([mac]) }));
    faults.run = undefined;

    await driver.apply(closed, { allow: [], deny: [], forget: [], modeWas: 'closed' });

    assert.equal(fs.readFileSync(join(options.dhcp_hostsdir, mac), 'utf8'), `${mac},ignore\n`);
  });

  it('stops dnsmasq at the end, once, and leaves the files; that it does not work is in the log', async () => {
    const { driver, commands, faults, log, options } = made({ dnsmasq_stop_command: 'stop it' });
    faults.run = new Error('exit code 3');
    await driver.init();
    await driver.apply(closed);

    await driver.tearDown();
    await driver.tearDown();

    assert.deepEqual(commands, [{ program: 'stop', args: ['it'] }]);
    assert.deepEqual(log.at('warning'), [
      '[dnsmasq_pxe_filter]dnsmasq_stop_command did not work: exit code 3',
    ]);
    assert.deepEqual(fs.readdirSync(options.dhcp_hostsdir), ['unknown_hosts_filter']);
  });

  it('is made ready anew after its end', async () => {
    const { driver, commands } = made({ dnsmasq_start_command: 'start', dnsmasq_stop_command: 'stop' });
    for (let time = 0; time < 2; time += 1) {
      await driver.init();
      await driver.apply(closed);
      await driver.tearDown();
    }

    assert.deepEqual(
      commands.map(({ program }) => program),
      ['start', 'stop', 'start', 'stop'],
    );
  });

  it('wants to know how dnsmasq is signalled for the layout hostsfile', () => {
    assert.throws(() => made({ layout: 'hostsfile' }), {
      kind: 'invalid',
      message: /expected dnsmasq_pid_file or dnsmasq_reload_command with hostsfile, got neither/,
    });
  });

  it('signals the process of the pid file', async () => {
    const { path } = temporaryFolder();
    const pidFile = join(path, 'pid');
    fs.writeFileSync(pidFile, '4242\n');
    const options = optionsIn(path, { layout: 'hostsfile', dnsmasq_pid_file: pidFile });
    const signals: unknown[] = [];
    // There is no such process: its name comes from here.
    const files: HostsFiles = {
      ...fs,
      lstatSync: ((name: string, how: object) =>
        fs.lstatSync(name.startsWith('/proc/') ? pidFile : name, how)) as typeof fs.lstatSync,
      openSync: (name, flags, mode) => {
        if (!String(name).startsWith('/proc/')) return fs.openSync(name, flags, mode);
        fs.writeFileSync(join(path, 'comm'), 'dnsmasq\n');
        return fs.openSync(join(path, 'comm'), flags);
      },
    };
    const driver = dnsmasqDriver(options, {
      log: silentLogger(),
      run: async () => '',
      files,
      kill: (...signal) => signals.push(signal),
    });
    await driver.init();
    await driver.apply(closed);

    assert.deepEqual(signals, [
      [4242, 'SIGHUP'],
      [4242, 'SIGHUP'],
    ]);
  });

  it('says what the options of the original say unless they are set', () => {
    const { layout, dhcp_hostsfile, dnsmasq_pid_file, dnsmasq_reload_command, ...original } =
      defaultsOf(dnsmasqOptions);

    assert.deepEqual(original, {
      dhcp_hostsdir: '/var/lib/ironic-inspector/dhcp-hostsdir',
      purge_dhcp_hostsdir: true,
      dnsmasq_start_command: '',
      dnsmasq_stop_command: '',
    });
    assert.equal(layout, 'hostsdir');
    assert.deepEqual(
      [dhcp_hostsfile, dnsmasq_pid_file, dnsmasq_reload_command],
      ['/var/lib/ironic-inspector/dhcp-hostsfile', null, ''],
    );
  });
});

const original = '/usr/lib/python3/dist-packages/ironic_inspector/pxe_filter/dnsmasq.py';
const skip = fs.existsSync(original) ? false : 'needs the Debian package ironic-inspector';

describe('the files of the original', { skip }, () => {
  it('are those of the layout hostsdir', async () => {
    const options = optionsIn(temporaryFolder().path);
    const [active, idle] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
    const driver = dnsmasqDriver(options, { log: silentLogger(), run: async () => '' });
    const written = () =>
      Object.fromEntries(
        fs
          .readdirSync(options.dhcp_hostsdir)
          .map((name) => [name, fs.readFileSync(join(options.dhcp_hostsdir, name), 'utf8')]),
      );
    await driver.init();
    await driver.apply({ mode: 'deny-list', allowed: new Set([active]), denied: new Set([idle]) });
    const whileActive = written();
    await driver.apply({ ...closed, denied: new Set([idle]) });

    assert.deepEqual({ whileActive, afterwards: written() }, originalFiles(active, idle));
  });
});

/** What the original writes with one node under inspection, and after both it and its port went. */
function originalFiles(active: string, idle: string): unknown {
  const hostsdir = join(temporaryFolder().path, 'hostsdir');
  fs.mkdirSync(hostsdir);
  const program = `
import json, os, sys
from unittest import mock
from ironic_inspector import node_cache
from ironic_inspector.pxe_filter import base, dnsmasq
hostsdir, active, idle = sys.argv[1:]
conf = mock.Mock()
conf.dnsmasq_pxe_filter.dhcp_hostsdir = hostsdir
conf.pxe_filter.deny_unknown_macs = False
conf.processing.node_not_found_hook = None
def sync(is_active, ports):
    with mock.patch.object(dnsmasq, 'CONF', conf), \\
         mock.patch.object(node_cache, 'introspection_active', return_value=is_active), \\
         mock.patch.object(base, 'get_active_macs', return_value={active} if is_active else set()), \\
         mock.patch.object(base, 'get_ironic_macs', return_value=ports):
        dnsmasq.DnsmasqFilter._sync(mock.Mock(), None)
    return {name: open(os.path.join(hostsdir, name)).read() for name in os.listdir(hostsdir)}
print(json.dumps({'whileActive': sync(True, {active, idle}), 'afterwards': sync(False, {idle})}))
`;
  const stdout = execFileSync('/usr/bin/python3', ['-c', program, hostsdir, active, idle], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(stdout);
}
