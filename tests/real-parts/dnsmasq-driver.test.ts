import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { defaultsOf, type OptionsOf } from '../../src/config/option.ts';
import type { Access, AccessMode } from '../../src/pxe-filter/access.ts';
import { dnsmasqDriver } from '../../src/pxe-filter/dnsmasq/dnsmasq-driver.ts';
import { dnsmasqOptions } from '../../src/pxe-filter/dnsmasq/dnsmasq-options.ts';
import type { FilterDriver } from '../../src/pxe-filter/filter-driver.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { type DhcpClients, openDhcpClients } from '../../testing/dhcp-client.ts';
import { changeBetween } from '../../testing/filter-driver-contract.ts';
import {
  layCable,
  type NetworkNamespace,
  openNamespace,
  withoutNamespaces,
} from '../../testing/network-namespace.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(['dnsmasq-base', 'iproute2', 'python3', 'util-linux']) || withoutNamespaces();

const mac = (number: number) =>
  `52:54:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`;
const access = (mode: AccessMode, allowed: string[] = [], denied: string[] = []): Access => ({
  mode,
  allowed: new Set(allowed),
  denied: new Set(denied),
});
const stranger = mac(0xffff);

/** Whether each MAC address gets an answer. */
type Answered = Readonly<Record<string, boolean>>;

/** Milliseconds in which an answer comes, if one does; and those in which a needless one would come. */
const [patience, shortPatience] = [30_000, 150];

for (const layout of ['hostsdir', 'hostsfile'] as const) {
  describe(`a real dnsmasq with the layout ${layout}`, { skip }, () => {
    const folder = temporaryFolder().path;
    const pidFile = join(folder, 'pid');
    const hosts = join(folder, layout);
    const options: OptionsOf<typeof dnsmasqOptions.options> = {
      ...defaultsOf(dnsmasqOptions),
      layout,
      dhcp_hostsdir: hosts,
      dhcp_hostsfile: hosts,
      dnsmasq_pid_file: pidFile,
    };
    let service: NetworkNamespace;
    let machines: NetworkNamespace;
    let clients: DhcpClients;
    let server: ChildProcess | undefined;
    let driver: FilterDriver;
    let inForce: Access;

    async function startDnsmasq(): Promise<void> {
      server = service.start(
        [
          'dnsmasq',
          // In its debug mode it changes neither user nor group, which the namespace would not let it. It then
          // writes no pid file.
          '--no-daemon',
          '--conf-file=/dev/null',
          '--port=0',
          '--interface=s0',
          '--bind-interfaces',
          '--no-ping',
          '--dhcp-range=10.77.0.10,10.77.255.250,1h',
          '--dhcp-lease-max=5000',
          '--dhcp-authoritative',
          '--leasefile-ro',
          `--dhcp-${layout}=${hosts}`,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      const { stderr, pid } = server;
      if (stderr === null) throw new Error('dnsmasq without its messages');
      // It reads all hosts before it answers anybody.
      let log = '';
      for await (const text of stderr.iterator({ destroyOnReturn: false })) {
        log += String(text);
        if (log.includes(`read ${hosts}`)) break;
      }
      stderr.resume();
      writeFileSync(pidFile, `${pid}\n`);
    }

    async function stopDnsmasq(): Promise<void> {
      if (server === undefined || server.exitCode !== null) return;
      server.kill();
      await once(server, 'exit');
      rmSync(pidFile, { force: true });
    }

    async function make(more: Partial<typeof options> = {}): Promise<FilterDriver> {
      const given = { ...options, ...more };
      const made = dnsmasqDriver(given, { log: recordingLogger(), run: startNow });
      await made.init();
      return made;
    }

    /** The start command: what runs it in the service knows no namespaces. */
    async function startNow(): Promise<string> {
      await startDnsmasq();
      return '';
    }

    async function change(to: Access): Promise<void> {
      await driver.apply(to, changeBetween(inForce, to));
      inForce = to;
    }

    async function whole(to: Access): Promise<void> {
      await driver.apply(to);
      inForce = to;
    }

    /** Who gets an answer to one packet; those that are expected to are waited for. */
    async function answered(expected: Answered): Promise<Answered> {
      const macs = Object.keys(expected);
      const offers = await Promise.all(
        macs.map((one) => clients.discover(one, { patience: expected[one] ? patience : shortPatience })),
      );
      return Object.fromEntries(macs.map((one, at) => [one, offers[at] !== undefined]));
    }

    async function assertAnswered(expected: Answered): Promise<void> {
      assert.deepEqual(await answered(expected), expected);
    }

    before(async () => {
      if (layout === 'hostsdir') mkdirSync(hosts);
      service = await openNamespace();
      machines = await openNamespace(service);
      layCable({ at: service, name: 's0', address: '10.77.0.1/16' }, { at: machines, name: 'c0' });
      clients = await openDhcpClients(machines, 'c0');
    });

    after(async () => {
      await stopDnsmasq();
      clients.close();
      machines.close();
      service.close();
    });

    it('is started when the filter is in force, and answers nobody at first', async () => {
      driver = await make({ dnsmasq_start_command: 'dnsmasq' });
      assert.equal(server, undefined);

      await whole(access('closed', [], [mac(1), mac(2)]));

      await assertAnswered({ [mac(1)]: false, [mac(2)]: false, [stranger]: false });
    });

    it('goes by every change with the next packet', async () => {
      for (let time = 0; time < 25; time += 1) {
        await change(access('allow-list', [mac(1)], [mac(2)]));
        await assertAnswered({ [mac(1)]: true });
        await change(access('allow-list', [mac(2)], [mac(1)]));
        await assertAnswered({ [mac(2)]: true });
        if (time < 5) await assertAnswered({ [mac(1)]: false, [stranger]: false });
      }
    });

    it('answers strangers while one may be discovered, and those that are forgotten with them', async () => {
      await change(access('deny-list', [mac(1)], [mac(2), mac(3)]));
      await assertAnswered({ [mac(1)]: true, [mac(2)]: false, [mac(3)]: false, [stranger]: true });

      await change(access('deny-list', [mac(1)], [mac(2)]));
      await assertAnswered({ [mac(3)]: true });
      await change(access('closed', [], [mac(1), mac(2)]));
      await assertAnswered({ [mac(1)]: false, [mac(2)]: false, [mac(3)]: false, [stranger]: false });
      await whole(inForce);
      await assertAnswered({ [mac(2)]: false, [mac(3)]: false });
      await change(access('deny-list', [mac(3)], [mac(1), mac(2)]));
      await assertAnswered({ [mac(1)]: false, [mac(3)]: true, [stranger]: true });
    });

    it('is as it was when it is restarted', async () => {
      await stopDnsmasq();
      await startDnsmasq();

      await assertAnswered({ [mac(1)]: false, [mac(2)]: false, [mac(3)]: true, [stranger]: true });
    });

    it('goes on by what was in force while the service is restarted, and by what comes then', async () => {
      const earlier = inForce;
      driver = await make();
      await assertAnswered({ [mac(1)]: false, [mac(3)]: true, [stranger]: true });

      await whole(access('allow-list', [mac(1)], [mac(2)]));

      await assertAnswered({ [mac(1)]: true, [mac(2)]: false, [mac(3)]: false, [stranger]: false });
      assert.ok(earlier.denied.has(mac(1)));
    });

    it('forgets ports that went while the service was away, also once strangers are answered', async () => {
      driver = await make();

      await whole(access('closed', [], [mac(1)]));
      if (layout === 'hostsdir') {
        assert.deepEqual(readdirSync(hosts).toSorted(), [mac(1), 'unknown_hosts_filter']);
      }
      await change(access('deny-list', [], [mac(1)]));

      await assertAnswered({ [mac(1)]: false, [mac(2)]: true, [mac(3)]: true, [stranger]: true });
    });

    it('is told again what somebody else has changed', async () => {
      await whole(access('allow-list', [mac(1)], [mac(2)]));
      if (layout === 'hostsdir') {
        writeFileSync(join(hosts, mac(1)), `${mac(2)},ignore\n`);
        writeFileSync(join(hosts, mac(2)), `${mac(2)}\n`);
        writeFileSync(join(hosts, 'unknown_hosts_filter'), '*:*:*:*:*:*\n');
      } else {
        writeFileSync(hosts, '*:*:*:*:*:*\n');
        process.kill(server?.pid ?? assert.fail(), 'SIGHUP');
      }
      // A packet that comes before dnsmasq has been given the processor is dealt with before the signal is.
      await eventually(
        () => answered({ [mac(2)]: false, [stranger]: false }),
        (found) => Object.values(found).every(Boolean),
      );

      await whole(inForce);

      await assertAnswered({ [mac(1)]: true, [mac(2)]: false, [stranger]: false });
    });

    it('goes by 1,000 MAC addresses at once', async () => {
      const all = Array.from({ length: 1000 }, (_, number) => mac(0x100 + number));
      await whole(access('deny-list', all.slice(0, 500), all.slice(500)));
      await whole(access('deny-list', all.slice(500), all.slice(0, 500)));
      const expected = Object.fromEntries(all.map((one, at) => [one, at >= 500]));
      const sample = Object.fromEntries(Object.entries(expected).filter((_, at) => at % 10 === 0));
      // It reads one file after the other.
      const last = all.at(-1) ?? '';
      if (layout === 'hostsdir') {
        await eventually(
          () => answered({ [last]: false }),
          (found) => found[last] === true,
        );
      }

      await assertAnswered({ ...sample, [stranger]: true });
    });
  });
}
