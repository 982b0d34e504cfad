import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultsOf } from '../../src/config/option.ts';
import type { RunPrivileged } from '../../src/host/privileged-command.ts';
import { CommandFailed } from '../../src/host/privileged-command-failure.ts';
import type { Access, AccessMode } from '../../src/pxe-filter/access.ts';
import type { InterfaceKind } from '../../src/pxe-filter/nftables/interface-kind.ts';
import { type NftablesDriver, nftablesDriver } from '../../src/pxe-filter/nftables/nftables-driver.ts';
import { type NftablesOptions, nftablesOptions } from '../../src/pxe-filter/nftables/nftables-options.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { type DhcpClients, type Discovery, openDhcpClients } from '../../testing/dhcp-client.ts';
import { dhcpFrame } from '../../testing/dhcp-packet.ts';
import { type Dhcpv6Clients, openDhcpv6Clients } from '../../testing/dhcpv6-client.ts';
import { solicitFrame } from '../../testing/dhcpv6-packet.ts';
import { filterDriverContract } from '../../testing/filter-driver-contract.ts';
import {
  addBridge,
  layCable,
  type NetworkNamespace,
  openNamespace,
  withoutNamespaces,
} from '../../testing/network-namespace.ts';
import { openFrames } from '../../testing/raw-frames.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip =
  skipWithout(['nftables', 'dnsmasq-base', 'isc-dhcp-server', 'iproute2', 'util-linux']) ||
  withoutNamespaces();

const idle = '52:54:00:00:00:01';
const underInspection = '52:54:00:00:00:02';
const stranger = '52:54:00:00:00:03';
const serverMac = '52:54:00:77:00:01';
const relayMac = '52:54:00:77:00:fe';
const relay = { address: '10.77.0.254', server: '10.77.0.1', serverMac };

function access(mode: AccessMode, allowed: readonly string[], denied: readonly string[]): Access {
  return { mode, allowed: new Set(allowed), denied: new Set(denied) };
}

const noChange = { allow: [], deny: [], forget: [] } as const;

/** A server's network: a bridge with its addresses, and a cable from one of its ports to clients. */
interface Lab {
  readonly server: NetworkNamespace;
  /** Where the clients are, on eth0. */
  readonly other: NetworkNamespace;
  readonly clients: DhcpClients;
  readonly clients6: Dhcpv6Clients;
  /** A driver over the firewall of the server's namespace. */
  driver(options?: Partial<NftablesOptions>, log?: ReturnType<typeof recordingLogger>): NftablesDriver;
  close(): Promise<void>;
}

/** Runs programs in a namespace, with the privileges that its root has. */
function runIn(namespace: NetworkNamespace): RunPrivileged {
  return async ({ program, args, input = '' }) => {
    const child = namespace.start([program, ...args], { stdio: 'pipe' });
    assert.ok(child.stdin && child.stdout && child.stderr);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    if (code === 0) return stdout;
    throw new CommandFailed(
      `${program} ${args.join(' ')} ended with ${code}: ${stderr.trim()}`,
      code,
      stderr,
    );
  };
}

/** As `interfaceKind` says it, which sees only the interfaces of this process's namespace. */
function kindIn(namespace: NetworkNamespace): (name: string) => InterfaceKind {
  return (name) => {
    const { status, stdout } = namespace.attempt('ip', '-details', '-json', 'link', 'show', 'dev', name);
    if (status !== 0) return 'missing';
    const [{ linkinfo = {} }] = JSON.parse(stdout);
    if (linkinfo.info_kind === 'bridge') return 'bridge';
    return linkinfo.info_slave_kind === 'bridge' ? 'bridge-port' : 'plain';
  };
}

/** @param device `br0`, with a port p0 on the way to the clients, or a card by itself. */
async function openLab(device: 'br0' | 'nic0' = 'br0'): Promise<Lab> {
  const server = await openNamespace();
  const other = await openNamespace(server);
  server.run('sh', '-c', 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad');
  const own = { at: server, name: device, mac: serverMac, address: '10.77.0.1/16' };
  if (device === 'br0') addBridge(own);
  layCable(device === 'br0' ? { at: server, name: 'p0', bridge: 'br0' } : own, { at: other, name: 'eth0' });
  server.run('ip', 'addr', 'add', 'fd77::1/64', 'dev', device, 'nodad');
  const clients = await openDhcpClients(other, 'eth0');
  const clients6 = await openDhcpv6Clients(other, 'eth0');
  return {
    server,
    other,
    clients,
    clients6,
    driver: (options = {}, log = recordingLogger()) =>
      nftablesDriver(
        { ...defaultsOf(nftablesOptions), ...options },
        { run: runIn(server), log, usualInterface: device, kindOf: kindIn(server) },
      ),
    async close() {
      clients.close();
      clients6.close();
      other.close();
      server.close();
    },
  };
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}

/** A server on a UDP socket. */
async function startDnsmasq({ server, clients }: Lab): Promise<ChildProcess> {
  const words = ['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--no-ping'];
  const ranges = ['--dhcp-range=10.77.1.0,10.77.200.0,1h', '--dhcp-range=fd77::1000,fd77::ffff,64'];
  const own = ['--interface=br0', '--leasefile-ro', '--dhcp-authoritative', '--pid-file='];
  const dnsmasq = server.start(['dnsmasq', ...words, ...ranges, ...own], { stdio: 'ignore' });
  await untilAnswered(clients);
  return dnsmasq;
}

/** A server on a raw socket. */
async function startDhcpd({ server, clients }: Lab, folder: string, device: string): Promise<ChildProcess> {
  const configuration = join(folder, 'dhcpd.conf');
  const leases = join(folder, 'leases');
  const range = 'subnet 10.77.0.0 netmask 255.255.0.0 { range 10.77.1.0 10.77.200.0; }';
  writeFileSync(configuration, `authoritative;\nping-check false;\n${range}\n`);
  writeFileSync(leases, '');
  const words = [
    '-4',
    '-f',
    '-q',
    '-user',
    'root',
    '-group',
    'root',
    '-cf',
    configuration,
    '-lf',
    leases,
    '--no-pid',
  ];
  const dhcpd = server.start(['dhcpd', ...words, device], { stdio: 'ignore' });
  await untilAnswered(clients);
  return dhcpd;
}

async function untilAnswered(clients: DhcpClients): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await clients.discover(stranger, { patience: 100 })) !== undefined) return;
  }
  throw new Error('the DHCP server does not answer');
}

/** Milliseconds in which an answer comes, if one does. */
const longPatience = 30_000;

/** Requests that the kernel has judged, and those of them that it has let through. */
interface Judged {
  readonly all: number;
  readonly accepted: number;
}

/** Nothing where there is no filter at all. */
function judgedIn({ server }: Lab): Judged | undefined {
  const { nftables } = JSON.parse(server.run('nft', '-j', 'list', 'counters'));
  const counters = nftables.flatMap(({ counter }: any) => (counter === undefined ? [] : [counter]));
  const packets = (of: readonly any[]) => of.reduce((sum: number, counter) => sum + counter.packets, 0);
  const accepted = packets(counters.filter(({ name }: any) => name === 'accepted'));
  return counters.length === 0 ? undefined : { all: packets(counters), accepted };
}

/** Whether the kernel has let a request through that was sent after `earlier`; it may take a busy machine its time. */
async function isAccepted(lab: Lab, earlier: Judged): Promise<boolean> {
  const now = await eventually(
    async () => judgedIn(lab) ?? earlier,
    ({ all }) => all > earlier.all,
  );
  return now.accepted > earlier.accepted;
}

/** Whether an answer comes. Silence counts only when the kernel has let nothing through. */
async function comes(
  lab: Lab,
  ask: (patience: number) => Promise<unknown>,
  shortPatience: number,
): Promise<boolean> {
  const earlier = judgedIn(lab);
  if (earlier !== undefined) {
    if ((await ask(shortPatience)) !== undefined) return true;
    if (!(await isAccepted(lab, earlier))) return false;
  }
  return (await ask(longPatience)) !== undefined;
}

const isAnswered = (lab: Lab, mac: string, { patience = 10, ...how }: Discovery = {}): Promise<boolean> =>
  comes(lab, (milliseconds) => lab.clients.discover(mac, { ...how, patience: milliseconds }), patience);

const hex = (octet: number) => octet.toString(16).padStart(2, '0');

/** Whether the kernel lets a relayed request through; its answer goes to the relay, which is not there. */
async function isRelayed(lab: Lab, mac: string): Promise<boolean> {
  const earlier = judgedIn(lab) ?? assert.fail('there is no filter');
  await lab.clients.discover(mac, { patience: 30, from: relayMac, relay });
  return isAccepted(lab, earlier);
}

describe('the nftables driver with real packets', { skip }, () => {
  let lab: Lab;
  let dnsmasq: ChildProcess;
  before(async () => {
    lab = await openLab();
    dnsmasq = await startDnsmasq(lab);
  });
  after(async () => {
    await ended(dnsmasq);
    await lab.close();
  });

  const begun = async (t: { after(hook: () => Promise<void>): void }, options?: Partial<NftablesOptions>) => {
    const driver = lab.driver(options);
    t.after(() => driver.tearDown());
    await driver.init();
    return driver;
  };

  it('stops what it should, for every mode and client', async (t) => {
    const driver = await begun(t);
    const macs = [idle, underInspection, stranger];
    const answered = async () => {
      const found = [];
      for (const mac of macs) found.push(await isAnswered(lab, mac));
      return found;
    };

    assert.deepEqual(await answered(), [false, false, false]);
    await driver.apply(access('deny-list', [underInspection], [idle]));
    assert.deepEqual(await answered(), [false, true, true]);
    await driver.apply(access('allow-list', [underInspection], [idle]));
    assert.deepEqual(await answered(), [false, true, false]);
    await driver.apply(access('closed', [], [idle, underInspection]));
    assert.deepEqual(await answered(), [false, false, false]);
    const counts = await driver.verdictCounts();
    assert.ok(counts.denied >= 2 && counts.strangers >= 1, JSON.stringify(counts));
  });

  it('judges a relayed request by its client, whatever the relay is', async (t) => {
    const driver = await begun(t);
    const answered = (mac: string) => isRelayed(lab, mac);

    await driver.apply(access('deny-list', [underInspection], [idle]));
    assert.deepEqual(
      [await answered(idle), await answered(underInspection), await answered(stranger)],
      [false, true, true],
    );
    await driver.apply(access('allow-list', [underInspection], [idle]));
    assert.deepEqual(
      [await answered(idle), await answered(underInspection), await answered(stranger)],
      [false, true, false],
    );
  });

  it('is not deceived by a client with the Ethernet source of another', async (t) => {
    const driver = await begun(t);
    const answered = (mac: string, from: string) => isAnswered(lab, mac, { from });

    await driver.apply(access('deny-list', [underInspection], [idle]));
    assert.equal(await answered(idle, stranger), false);
    assert.equal(await answered(stranger, idle), false);
    await driver.apply(access('allow-list', [underInspection], [idle]));
    assert.equal(await answered(underInspection, stranger), false);
    assert.equal(await answered(stranger, underInspection), false);
    assert.equal(await answered(underInspection, underInspection), true);
  });

  it('filters DHCPv6 by the Ethernet source', async (t) => {
    const driver = await begun(t);
    const answered = (mac: string) =>
      comes(lab, (milliseconds) => lab.clients6.solicit(mac, milliseconds), 100);

    assert.equal(await answered(underInspection), false);
    await driver.apply(access('deny-list', [underInspection], [idle]));
    assert.deepEqual(
      [await answered(idle), await answered(underInspection), await answered(stranger)],
      [false, true, true],
    );
    await driver.apply(access('allow-list', [underInspection], [idle]));
    assert.deepEqual(
      [await answered(idle), await answered(underInspection), await answered(stranger)],
      [false, true, false],
    );
  });

  it('drops relayed DHCPv6 unless it is told not to, and fragments that hide the client', async (t) => {
    const frames = await openFrames(lab.other, 'eth0');
    t.after(() => frames.close());
    const relayed = solicitFrame(relayMac, 1);
    relayed.writeUInt8(12, 62);
    const fragment = dhcpFrame({ type: 'discover', xid: 1, from: stranger, mac: stranger });
    fragment.writeUInt16BE(0x2000, 20);
    const counted = async (options: Partial<NftablesOptions>) => {
      const driver = lab.driver(options);
      await driver.init();
      await driver.apply(access('deny-list', [], [idle]));
      frames.send(relayed);
      frames.send(fragment);
      const deadline = Date.now() + longPatience;
      const total = (counts: object) => Object.values(counts).reduce((sum, count) => sum + count, 0);
      let counts = await driver.verdictCounts();
      while (total(counts) < 2 && Date.now() < deadline) counts = await driver.verdictCounts();
      await driver.tearDown();
      return counts;
    };

    const dropped = await counted({ interface: ['p0'] });
    const judged = await counted({ interface: ['p0'], hook: 'netdev', accept_relayed_dhcpv6: true });

    assert.deepEqual([dropped.relayed6, dropped.unreadable, dropped.accepted], [1, 1, 0]);
    assert.deepEqual([judged.relayed6, judged.unreadable, judged.accepted], [0, 1, 1]);
  });

  it('filters only the versions that it is told to', async (t) => {
    await begun(t, { ip_versions: ['4'] });

    assert.equal(await lab.clients.discover(stranger), undefined);
    assert.notEqual(await lab.clients6.solicit(stranger, longPatience), undefined);
  });

  const damages: Readonly<Record<string, readonly string[]>> = {
    'deletes the table of requests': ['delete table inet ironic_inspector'],
    'deletes the table of answers': ['delete table netdev ironic_inspector'],
    'flushes a table': ['flush table inet ironic_inspector'],
    'empties a set': ['flush set inet ironic_inspector denied'],
    'adds to a set': [`add element inet ironic_inspector allowed { 0x${idle.replaceAll(':', '')} }`],
    'lets everybody in first': ['insert rule inet ironic_inspector inet_input accept'],
    'switches the mode': [
      'flush chain inet ironic_inspector judge_requests4',
      'add rule inet ironic_inspector judge_requests4 goto deny_list_requests4',
    ],
    'empties a mode': ['flush chain inet ironic_inspector judge_requests4'],
  };

  for (const [what, commands] of Object.entries(damages)) {
    it(`repairs what somebody does who ${what}`, async (t) => {
      const driver = await begun(t);
      const wanted = access('allow-list', [underInspection], [idle]);
      await driver.apply(wanted);
      for (const command of commands) lab.server.run('nft', command);

      await driver.apply(wanted);

      assert.equal(await isAnswered(lab, idle), false);
      assert.equal(await isAnswered(lab, underInspection), true);
      assert.equal(await isAnswered(lab, stranger), false);
    });
  }

  it('changes what somebody has deleted by making it anew', async (t) => {
    const log = recordingLogger();
    const driver = lab.driver({}, log);
    t.after(() => driver.tearDown());
    await driver.init();
    await driver.apply(access('deny-list', [], [idle]));
    lab.server.run('nft', 'delete table inet ironic_inspector');

    const change = { ...noChange, deny: [underInspection], modeWas: 'deny-list' } as const;
    await driver.apply(access('deny-list', [], [idle, underInspection]), change);

    assert.equal(await isAnswered(lab, idle), false);
    assert.equal(await isAnswered(lab, underInspection), false);
    assert.equal(await isAnswered(lab, stranger), true);
    assert.match(log.at('warning').join(), /a change of it failed/);
  });

  it('leaves nothing, and what is of others as it was', async (t) => {
    const { server } = lab;
    const others = 'add table inet of_others; add chain inet of_others judge_requests4';
    server.run('nft', others);
    t.after(() => server.run('nft', 'delete table inet of_others'));
    const found = server.run('nft', 'list', 'ruleset');
    const driver = await begun(t);
    await driver.apply(access('deny-list', [], [idle]));

    await driver.tearDown();
    await driver.tearDown();

    assert.equal(server.run('nft', 'list', 'ruleset'), found);
    assert.notEqual(await lab.clients.discover(idle, { patience: longPatience }), undefined);
  });

  it('does not start over a table of somebody else', async (t) => {
    const { server } = lab;
    server.run('nft', 'add table bridge ironic_inspector');
    t.after(() => server.run('nft', 'delete table bridge ironic_inspector'));
    const driver = lab.driver();

    await assert.rejects(driver.init(), {
      name: 'InspectorError',
      kind: 'invalid',
      message:
        /the table bridge ironic_inspector belongs to somebody else.*nft delete table bridge ironic_inspector/,
    });
    await driver.tearDown();

    assert.match(server.run('nft', 'list', 'ruleset'), /table bridge ironic_inspector/);
  });

  it('lets a first packet in soon after the change is asked for, among 10,000 machines', async (t) => {
    const driver = await begun(t);
    const many = Array.from(
      { length: 10_000 },
      (_, index) => `52:55:00:00:${hex(index >> 8)}:${hex(index & 255)}`,
    );
    const since = performance.now();
    await driver.apply(access('deny-list', [], [...many, idle]));
    const whole = performance.now() - since;
    const effects: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      const start = performance.now();
      const applied = driver.apply(access('deny-list', [idle], many), {
        ...noChange,
        allow: [idle],
        modeWas: 'deny-list',
      });
      while ((await lab.clients.discover(idle, { patience: 1 })) === undefined) {}
      effects.push(performance.now() - start);
      await applied;
      await driver.apply(access('deny-list', [], [...many, idle]), {
        ...noChange,
        deny: [idle],
        modeWas: 'deny-list',
      });
    }
    effects.sort((one, other) => one - other);
    t.diagnostic(`ms from the call to the first answer: ${effects.map((one) => one.toFixed(1)).join(' ')}`);
    t.diagnostic(`ms for all of them: ${whole.toFixed(1)}`);
    // A busy machine takes longer for both.
    assert.ok((effects[7] ?? Infinity) < whole / 2, effects.join());
  });

  it('answers no packet of a denied machine while 1,000 changes run', async (t) => {
    const driver = await begun(t);
    await driver.apply(access('deny-list', [], [idle]));
    const offers: Promise<unknown>[] = [];
    const asking = setInterval(() => offers.push(lab.clients.discover(idle)), 2);
    t.after(() => clearInterval(asking));
    for (let round = 0; round < 250; round += 1) {
      const other = `52:55:00:00:00:${hex(round)}`;
      const was: AccessMode = round % 2 === 0 ? 'deny-list' : 'allow-list';
      const mode: AccessMode = round % 2 === 0 ? 'allow-list' : 'deny-list';
      const steps = [
        { now: access(was, [other], [idle]), change: { ...noChange, allow: [other], modeWas: was } },
        { now: access(mode, [other], [idle]), change: { ...noChange, modeWas: was } },
        { now: access(mode, [], [idle, other]), change: { ...noChange, deny: [other], modeWas: mode } },
        { now: access(mode, [], [idle]), change: { ...noChange, forget: [other], modeWas: mode } },
      ];
      for (const { now, change } of steps) await driver.apply(now, change);
    }
    clearInterval(asking);
    const answers = (await Promise.all(offers)).filter((offer) => offer !== undefined);
    t.diagnostic(`${offers.length} requests`);
    assert.deepEqual(answers, []);
    assert.notEqual(await lab.clients.discover(underInspection, { patience: longPatience }), undefined);
  });
});

describe('the nftables driver and a DHCP server on a raw socket', { skip }, () => {
  const cases: readonly (readonly [string, 'br0' | 'nic0', Partial<NftablesOptions>])[] = [
    ['on a bridge: its answers', 'br0', {}],
    ['on a card: its answers', 'nic0', {}],
    ['on a card, by netdev alone', 'nic0', { hook: 'netdev' }],
    ['behind a port of a bridge', 'br0', { interface: ['p0'] }],
    ['behind a port of a bridge, by netdev', 'br0', { interface: ['p0'], hook: 'netdev' }],
  ];
  const wanted = access('allow-list', [underInspection], [idle]);
  for (const device of ['br0', 'nic0'] as const) {
    describe(`on ${device}`, () => {
      let lab: Lab;
      let dhcpd: ChildProcess;
      before(async () => {
        lab = await openLab(device);
        dhcpd = await startDhcpd(lab, temporaryFolder().path, device);
      });
      after(async () => {
        await ended(dhcpd);
        await lab.close();
      });

      for (const [what, , options] of cases.filter(([, on]) => on === device)) {
        it(`stops one ${what}`, async (t) => {
          // An answer that was not stopped would come within that time; the kernel counts requests, not those.
          const patience = 150;
          const driver = lab.driver(options);
          t.after(() => driver.tearDown());
          await driver.init();
          assert.equal(await isAnswered(lab, underInspection, { patience }), false);

          await driver.apply(wanted);

          assert.equal(await isAnswered(lab, idle, { patience }), false);
          assert.equal(await isAnswered(lab, underInspection, { patience }), true);
          assert.equal(await isAnswered(lab, stranger, { patience }), false);
          const counts = await driver.verdictCounts();
          t.diagnostic(JSON.stringify(counts));
          assert.equal(counts.answers > 0, options.interface === undefined);
        });
      }

      it('does not stop one with hook = inet, as the help of the option says', async (t) => {
        const driver = lab.driver({ hook: 'inet' });
        t.after(() => driver.tearDown());
        await driver.init();

        await driver.apply(wanted);

        assert.notEqual(await lab.clients.discover(idle, { patience: longPatience }), undefined);
      });
    });
  }
});

describe('the nftables driver and interfaces that come and go', { skip }, () => {
  it('follows one, and is closed at the moment when it comes', async (t) => {
    const lab = await openLab('nic0');
    const { server } = lab;
    const log = recordingLogger();
    const driver = lab.driver({ interface: ['br7'] }, log);
    const hooks = () => server.run('nft', 'list', 'ruleset').match(/hook \w+/g);
    t.after(() => lab.close());

    await driver.init();
    const wanted = access('deny-list', [], [idle]);
    await driver.apply(wanted);
    assert.deepEqual(hooks(), ['hook input']);
    assert.match(log.at('warning').join(), /there is no interface br7 yet/);
    addBridge({ at: server, name: 'br7' });
    await driver.apply(wanted);
    assert.deepEqual(hooks(), ['hook input', 'hook egress']);
    server.run('ip', 'link', 'del', 'br7');
    await driver.apply(wanted);
    assert.deepEqual(hooks(), ['hook input']);
    addBridge({ at: server, name: 'br7' });
    await driver.apply(wanted);
    assert.deepEqual(hooks(), ['hook input', 'hook egress']);
    await driver.tearDown();
    assert.equal(server.run('nft', 'list', 'ruleset'), '');
  });

  it('tells a bridge, its port and a card by what the kernel shows', async (t) => {
    const lab = await openLab('br0');
    t.after(() => lab.close());
    const module = fileURLToPath(new URL('../../src/pxe-filter/nftables/interface-kind.ts', import.meta.url));
    const names = ['br0', 'p0', 'nic1', 'lo', 'nothing'];
    layCable({ at: lab.server, name: 'nic1' }, { at: lab.server, name: 'nic2' });
    const program = `import('${module}').then(({ interfaceKind: of }) =>
      console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => of(name)))))`;

    const mounting = 'mount -t sysfs sysfs /sys && exec "$0" --input-type=module --eval "$1"';
    const shown = lab.server.run('unshare', '--mount', 'sh', '-c', mounting, process.execPath, program);

    assert.deepEqual(JSON.parse(shown), ['bridge', 'bridge-port', 'plain', 'other', 'missing']);
  });
});

// Each of its tests has a network of its own, so that they need not wait for each other.
describe('the nftables driver', { skip, concurrency: 3 }, () => {
  filterDriverContract(
    'nftables',
    async (t) => {
      const lab = await openLab();
      const dnsmasq = await startDnsmasq(lab);
      t.after(async () => {
        await ended(dnsmasq);
        await lab.close();
      });
      return {
        make: () => lab.driver(),
        answers: (mac) => isAnswered(lab, mac),
        damage: () => void lab.server.run('nft', 'flush', 'ruleset'),
      };
    },
    { steps: 4 },
  );
});
