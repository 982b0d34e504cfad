import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addBridge,
  layCable,
  type NetworkNamespace,
  openNamespace,
  thisNamespace,
} from '../network-namespace.ts';
import { openFrames, type RawFrames } from '../raw-frames.ts';

/** Addresses of the two servers by which their offers are told apart. */
export const ourServer = '10.77.0.1';
export const deploymentServer = '10.77.0.2';

/** Who is answered by our server whatever the filter says: at a cable of its own, and named in its configuration. */
export const alwaysOurs = '52:54:00:5e:00:01';

/** Where the filter is, and what it works on. */
export interface FilteredServer {
  /** What of our DHCP server's configuration belongs to the filter. */
  readonly dnsmasqOptions: readonly string[];
  /** Where it says its number, which it does not do by itself in the foreground. */
  readonly pidFile: string;
}

/** Two DHCP servers and any number of clients on one network; ours is in the namespace of this process. */
export interface RaceNetwork {
  readonly here: NetworkNamespace;
  /** The clients' end of the cable that both servers see. */
  readonly frames: RawFrames;
  /** The end of a cable to our server alone, where nothing is filtered. */
  readonly besides: RawFrames;
  /** Has the deployment's server answer a machine, or not. */
  deploys(mac: string, isAnswered: boolean): void;
  close(): Promise<void>;
}

/**
 * Lays the network: a bridge br0 with our server, and cables from it to the deployment's server and to the clients.
 *
 * @param folder For the files of the servers.
 */
export async function openRaceNetwork(folder: string, server: FilteredServer): Promise<RaceNetwork> {
  const here = thisNamespace();
  here.run('ip', 'link', 'set', 'lo', 'up');
  const deployment = await openNamespace(here);
  const machines = await openNamespace(here);
  addBridge({ at: here, name: 'br0', mac: '52:54:00:77:00:01', address: `${ourServer}/16` });
  layCable(
    { at: here, name: 'p-deploy', bridge: 'br0' },
    { at: deployment, name: 'eth0', address: `${deploymentServer}/16` },
  );
  layCable({ at: here, name: 'p-clients', bridge: 'br0' }, { at: machines, name: 'eth0' });
  layCable({ at: here, name: 'besides', address: '10.78.0.1/24' }, { at: machines, name: 'besides' });
  const hosts = join(folder, 'deployment-hosts');
  mkdirSync(hosts);
  const servers = [startOurs(here, server), startDeployment(deployment, hosts)];
  const frames = await openFrames(machines, 'eth0');
  const besides = await openFrames(machines, 'besides');
  return {
    here,
    frames,
    besides,
    deploys(mac, isAnswered) {
      writeFileSync(join(hosts, mac), isAnswered ? `${mac}\n` : `${mac},ignore\n`);
    },
    async close() {
      frames.close();
      besides.close();
      await Promise.all(servers.map(ended));
      // The kernel takes its time with those of namespaces that are let go.
      for (const link of ['p-deploy', 'p-clients', 'besides', 'br0']) here.run('ip', 'link', 'delete', link);
      deployment.close();
      machines.close();
    },
  };
}

/** In its debug mode dnsmasq stays in the foreground and changes no user, which a namespace may not let it. */
const usual = ['--no-daemon', '--conf-file=/dev/null', '--port=0', '--no-ping', '--leasefile-ro'];

function startOurs(at: NetworkNamespace, { dnsmasqOptions, pidFile }: FilteredServer): ChildProcess {
  const server = startDnsmasq(at, [
    '--interface=br0',
    '--interface=besides',
    '--dhcp-range=10.77.1.0,10.77.99.0,1h',
    '--dhcp-range=10.78.0.10,10.78.0.200,1h',
    `--dhcp-host=${alwaysOurs}`,
    ...dnsmasqOptions,
  ]);
  writeFileSync(pidFile, `${server.pid}\n`);
  return server;
}

/** It answers those that it is told of and nobody else. */
function startDeployment(at: NetworkNamespace, hosts: string): ChildProcess {
  return startDnsmasq(at, [
    '--interface=eth0',
    '--dhcp-range=10.77.101.0,10.77.199.0,1h',
    '--dhcp-ignore=tag:!known',
    `--dhcp-hostsdir=${hosts}`,
  ]);
}

/** It goes together with this process, even when that is killed. */
function startDnsmasq(at: NetworkNamespace, options: readonly string[]): ChildProcess {
  const leash = ['setpriv', '--pdeathsig', 'KILL', '--'];
  return at.start([...leash, 'dnsmasq', ...usual, ...options], { stdio: 'ignore' });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}
