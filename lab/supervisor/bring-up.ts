import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { serveBootFile } from '../machine/boot-file-server.ts';
import { lldpSwitch } from '../machine/lldp-switch.ts';
import { writeBootFiles } from '../machine/network-boot.ts';
import { runProgram } from '../run-program.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { labNetwork } from '../setup/lab-network.ts';
import { type LabSettings, machineNames } from '../setup/lab-settings.ts';
import { bootFileUrl, dhcpServer, prepareDhcpServer } from './dhcp-server.ts';
import { enrolNode } from './enrol-node.ts';
import { ready } from './lab-status.ts';
import { layOutNetwork } from './lay-out-network.ts';
import { type LabMachine, machinesWithBmcs } from './machines-with-bmcs.ts';
import type { Programs } from './programs.ts';
import { startService } from './start-service.ts';

/** A lab on its way up. */
export interface LabInProgress {
  readonly settings: LabSettings;
  readonly folder: LabFolder;
  readonly programs: Programs;
  phase: string;
  machines: readonly LabMachine[];
}

/**
 * Brings a lab up, in the namespaces of this process: network, machines with their BMCs, boot files, service, DHCP, nodes.
 *
 * @throws Error with what did not come up
 */
export async function bringUp(lab: LabInProgress): Promise<void> {
  const { settings, folder, programs } = lab;
  const names = machineNames(settings);
  lab.phase = 'making the network';
  layOutNetwork(names.length, runProgram);
  lab.phase = 'building machines and their BMCs';
  lab.machines = await machinesWithBmcs(settings, folder, { programs, run: runProgram });
  await serveBootFiles(folder);
  const devices = lab.machines.map(({ tap }) => tap);
  programs.start('lldpd', lldpSwitch({ folder: folder.lldp, name: 'lab-switch', devices }));
  prepareDhcpServer(folder);
  const bareMetal = await startService(lab);
  lab.phase = 'starting DHCP and TFTP';
  programs.start('dnsmasq', dhcpServer(settings, folder));
  await programs.until('dnsmasq', () => existsSync(folder.dnsmasqPid));
  lab.phase = 'enrolling nodes';
  const enrolled = lab.machines.slice(0, settings.nodes);
  await Promise.all(enrolled.map((machine) => enrolNode(bareMetal, machine)));
  lab.phase = ready;
}

async function serveBootFiles(folder: LabFolder): Promise<void> {
  const { serviceUrl, address, bootFilePort } = labNetwork;
  writeBootFiles({
    folder: folder.bootFiles,
    ramdisk: { kernel: join(folder.ramdisk, 'vmlinuz'), initrd: join(folder.ramdisk, 'initrd'), bytes: 0 },
    fetchUrl: bootFileUrl,
    callbackUrl: `${serviceUrl}/v1/continue`,
  });
  const server = createServer((request, response) => {
    const isServed = serveBootFile(folder.bootFiles, request, response);
    if (!isServed) response.writeHead(404).end();
    const { method, url, socket } = request;
    process.stdout.write(`${new Date().toISOString()} ${socket.remoteAddress} ${method} ${url}\n`);
  });
  server.listen(bootFilePort, address);
  await once(server, 'listening');
}
