/**
 * Runs inside a network namespace that `boot-evidence.test.ts` makes: a real dnsmasq, a machine at the other end of
 * a cable, and the whole service, which follows dnsmasq's log. Prints the timeline as JSON. With the argument
 * `ignored` dnsmasq ignores the machine, and writes to a second log after a rotation.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { ServiceClient } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const isIgnored = process.argv[2] === 'ignored';
const mac = '52:54:00:00:00:01';
const folder = temporaryFolder().path;
const log = join(folder, 'dnsmasq.log');
const inFolder = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** In the service's namespace. */
const ip = (...words: string[]) => execFileSync('ip', words);

/** The machine's own namespace, for as long as this process runs. */
function machine(): ChildProcess {
  const held = spawn('unshare', ['--net', 'sleep', '400'], { stdio: 'ignore' });
  process.on('exit', () => held.kill());
  return held;
}

function inMachine({ pid }: ChildProcess, ...words: string[]) {
  const { status, stderr } = spawnSync('nsenter', ['--net', '--target', String(pid), ...words], {
    cwd: folder,
  });
  return { status, stderr: String(stderr) };
}

/** Until it answers: its log says that it is there. */
async function startDnsmasq(): Promise<ChildProcess> {
  mkdirSync(join(folder, 'tftp'));
  inFolder('tftp/undionly.kpxe', 'boot');
  chmodSync(folder, 0o755);
  inFolder(
    'dnsmasq.conf',
    `port=0
interface=s0
bind-interfaces
no-ping
dhcp-sequential-ip
dhcp-range=10.77.0.10,10.77.0.50,1h
enable-tftp
tftp-root=${join(folder, 'tftp')}
dhcp-leasefile=${join(folder, 'leases')}
pid-file
log-facility=${log}
${isIgnored ? `dhcp-host=${mac},ignore` : ''}
`,
  );
  // In its debug mode it changes neither user nor group, which the namespace would not let it.
  const server = spawn('dnsmasq', ['--no-daemon', `--conf-file=${join(folder, 'dnsmasq.conf')}`], {
    stdio: 'ignore',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  process.on('exit', () => server.kill());
  await until(() => readFileSync(log, 'utf8').includes('TFTP root'));
  return server;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    try {
      if (await holds()) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await wait(100);
  }
  throw new Error(`did not come about: ${holds.toString()}\n${readFileSync(log, 'utf8')}`);
}

ip('link', 'set', 'lo', 'up');
ip('link', 'add', 's0', 'type', 'veth', 'peer', 'name', 'c0');
ip('link', 'set', 'c0', 'address', mac);
ip('addr', 'add', '10.77.0.1/24', 'dev', 's0');
ip('link', 'set', 's0', 'up');
const booting = machine();
await until(() => inMachine(booting, 'ip', 'link', 'set', 'lo', 'up').status === 0 && isApart(booting));
ip('link', 'set', 'c0', 'netns', String(booting.pid));
inMachine(booting, 'ip', 'link', 'set', 'c0', 'up');

/** `unshare` has made the namespace once the machine does not see this one's cable. */
function isApart(held: ChildProcess): boolean {
  return inMachine(held, 'ip', 'link', 'show', 's0').status !== 0;
}

const server = await startDnsmasq();
const messages = recordingLogger();
const service = await startRealService(folder, messages, `[boot_evidence]\ndnsmasq_log = ${log}\n`);

const client = new ServiceClient(service.url);
const uuid = await client.createNode({}, [mac]);
await client.start(uuid);

inFolder('udhcpc.sh', '#!/bin/sh\n[ "$1" = bound ] && exec ip addr replace "$ip/24" dev c0\nexit 0\n');
chmodSync(join(folder, 'udhcpc.sh'), 0o755);
const lease = () =>
  inMachine(
    booting,
    'busybox',
    'udhcpc',
    '-i',
    'c0',
    '-n',
    '-q',
    '-f',
    '-t',
    isIgnored ? '3' : '30',
    '-T',
    '1',
    '-s',
    join(folder, 'udhcpc.sh'),
  );
const fetchFile = (name: string) =>
  inMachine(booting, 'busybox', 'tftp', '-g', '-r', name, '-l', 'got', '10.77.0.1');

if (isIgnored) {
  renameSync(log, `${log}.1`);
  server.kill('SIGUSR2');
  await until(() => readFileSync(log, 'utf8') !== undefined);
  // The follower notices that the log is another one.
  await wait(2500);
}
const leased = lease();
if (!isIgnored) {
  if (leased.status !== 0) throw new Error(leased.stderr);
  fetchFile('nothing-there');
  const fetched = fetchFile('undionly.kpxe');
  if (fetched.status !== 0) throw new Error(fetched.stderr);
}
const wanted = isIgnored ? 'dhcp-request-ignored' : 'boot-file-fetched';
const timeline = () => client.do(`GET /v1/introspection/${uuid}/timeline`);
await until(async () => (await timeline()).last_stage === wanted);
const booted = await timeline();
await client.close();
await service.stop();
server.kill();
await once(server, 'exit');
booting.kill();
process.stdout.write(JSON.stringify({ booted, errors: messages.at('error') }), () => process.exit(0));
