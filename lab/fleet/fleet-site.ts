import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { deploymentDhcpCommand } from './deployment-dhcp.ts';
import type { FleetAccount } from './fleet-account.ts';
import { fleetNetwork, openFleetNamespaces } from './fleet-network.ts';
import type { FleetOrder, FleetTold } from './fleet-program.ts';
import { endProgram, startLeashed, startServer } from './fleet-programs.ts';
import { fleetServiceConfiguration, type SiteSettings } from './fleet-service-configuration.ts';

/** A network with a service, DHCP and TFTP, where fleets can be played. */
export interface FleetSite {
  /**
   * Plays a fleet in a process of its own.
   *
   * @throws InspectorError `unavailable` with why it could not be played to its end
   */
  play(order: FleetOrder, tell: (line: string) => void): Promise<FleetAccount>;
  /** Ends the service as a crash does, and starts it anew. */
  crashService(): Promise<void>;
  /** Leaves nothing behind but the folder. */
  close(): Promise<void>;
}

const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Makes network, service and dnsmasq.
 *
 * @param folder Where they keep everything; it is there, and empty
 */
export async function openFleetSite(folder: string, settings: SiteSettings): Promise<FleetSite> {
  const namespaces = await openFleetNamespaces();
  const programs: ChildProcess[] = [];
  const configuration = join(folder, 'service.conf');
  let service: ChildProcess | undefined;
  const close = async () => {
    for (const program of programs.toReversed()) await endProgram(program);
    namespaces.close();
  };
  try {
    writeFileSync(configuration, fleetServiceConfiguration(folder, settings));
    programs.push(await startDnsmasq());
    await startService();
  } catch (error) {
    await close();
    throw error;
  }

  async function startService(): Promise<void> {
    const words = [process.execPath, project('bin/ironic-inspector.js'), '--config-file', configuration];
    service = await startServer(namespaces.service, words, join(folder, 'service.log'), /Listening on/);
    programs.push(service);
  }

  /** One that knows nobody yet. @returns the folder where it is told of machines */
  async function startDeployment(): Promise<{ readonly server: ChildProcess; readonly hosts: string }> {
    const hosts = join(folder, 'deployment-hosts');
    rmSync(hosts, { recursive: true, force: true });
    mkdirSync(hosts);
    const words = deploymentDhcpCommand('eth0', hosts, fleetNetwork.deployed);
    const log = join(folder, 'deployment-dhcp.log');
    const server = await startServer(namespaces.deployment, words, log, /DHCP, static leases/);
    programs.push(server);
    return { server, hosts };
  }

  async function startDnsmasq(): Promise<ChildProcess> {
    const boot = join(folder, 'boot');
    const log = join(folder, 'dnsmasq.log');
    for (const path of [boot, join(folder, 'hosts')]) mkdirSync(path);
    writeFileSync(join(boot, 'boot.ipxe'), bootScript);
    const file = join(folder, 'dnsmasq.conf');
    writeFileSync(file, dnsmasqLines(folder, boot, log, settings).join('\n'));
    // In its debug mode it changes neither user nor group, which a namespace without root would not let it.
    const words = ['dnsmasq', '--no-daemon', `--conf-file=${file}`];
    // What it logs goes to its terminal as well, and is not to be counted twice.
    const terminal = join(folder, 'dnsmasq-terminal.log');
    const child = await startServer(namespaces.service, words, terminal, /TFTP root/);
    writeFileSync(join(folder, 'dnsmasq.pid'), `${child.pid}\n`);
    return child;
  }

  return {
    close,
    async crashService() {
      const gone = service && once(service, 'exit');
      service?.kill('SIGKILL');
      await gone;
      await startService();
    },
    async play(order, tell) {
      const deployment = settings.secondDhcp ? await startDeployment() : undefined;
      const words = [process.execPath, project('lab/fleet/fleet-program.ts')];
      const player = startLeashed(namespaces.machines, words, { stdio: ['pipe', 'pipe', 'inherit'] });
      programs.push(player);
      try {
        const besides = deployment === undefined ? {} : { deploymentHosts: deployment.hosts };
        return await accountFrom(player, { ...order, ...besides }, tell);
      } finally {
        await endProgram(player);
        if (deployment !== undefined) await endProgram(deployment.server);
      }
    },
  };
}

async function accountFrom(
  player: ChildProcess,
  order: FleetOrder,
  tell: (line: string) => void,
): Promise<FleetAccount> {
  const { stdin, stdout } = player;
  if (stdin === null || stdout === null) throw new Error('a program without its streams');
  stdin.on('error', () => {});
  stdin.write(`${JSON.stringify(order)}\n`);
  for await (const line of createInterface({ input: stdout })) {
    const told = JSON.parse(line) as FleetTold;
    if ('line' in told) tell(told.line);
    else if ('account' in told) return told.account;
    else throw new InspectorError('unavailable', told.failure);
  }
  throw new InspectorError(
    'unavailable',
    `The program that plays the fleet ended without an account: ${player.signalCode ?? player.exitCode}`,
  );
}

/** Of the size of a real one; nobody runs it. */
const bootScript = `#!ipxe
kernel vmlinuz initrd=initrd ipa-inspection-callback-url=${fleetNetwork.serviceUrl}/v1/continue BOOTIF=01-\${netX/mac:hexhyp}
initrd initrd
boot
${'# The rest is as long as that of a real boot script.\n'.repeat(30)}`;

function dnsmasqLines(folder: string, boot: string, log: string, { driver }: SiteSettings): string[] {
  return [
    'port=0',
    `interface=${fleetNetwork.bridge}`,
    'bind-interfaces',
    `dhcp-range=${fleetNetwork.range.join(',')},1h`,
    'dhcp-lease-max=30000',
    'dhcp-authoritative',
    'no-ping',
    'leasefile-ro',
    'enable-tftp',
    `tftp-root=${boot}`,
    'tftp-max=2000',
    'dhcp-boot=boot.ipxe',
    `log-facility=${log}`,
    ...(driver === 'dnsmasq' ? [`dhcp-hostsdir=${join(folder, 'hosts')}`] : []),
    '',
  ];
}
