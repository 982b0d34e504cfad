import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { privateIronic } from '../../testing/private-ironic.ts';
import { privatePostgresql } from '../../testing/private-postgresql.ts';
import { privateRabbitmq } from '../../testing/private-rabbitmq.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { bareMetalUrl, labNetwork } from '../setup/lab-network.ts';
import type { LabInProgress } from './bring-up.ts';
import { runLogged } from './programs.ts';
import { labServiceConfiguration, type SplitParts } from './service-configuration.ts';

/**
 * Starts the service as it is shipped, and what it needs: Ironic, or database and message servers.
 *
 * @returns the URL of the bare metal service
 */
export async function startService(lab: LabInProgress): Promise<string> {
  const { settings, folder } = lab;
  if (settings.ironic === 'real') {
    lab.phase = 'starting Ironic';
    await startIronic(lab);
  }
  if (settings.split) {
    lab.phase = 'starting database and message servers';
    await startSplit(lab, await serversForSplit());
  } else {
    lab.phase = 'starting the service';
    writeConfiguration(lab);
    lab.programs.start('service', commandOf('ironic-inspector', folder));
  }
  await lab.programs.until(settings.split ? 'api' : 'service', answers);
  return bareMetalUrl(settings);
}

async function startIronic({ settings, folder }: LabInProgress): Promise<void> {
  const ironic = await privateIronic({
    inspector: labNetwork.serviceUrl,
    hardware: [settings.bmc],
    port: labNetwork.ironicPort,
    // Each call of the simulator starts a program.
    ipmiPatience: 30,
  });
  symlinkSync(join(ironic.folder, 'server.log'), folder.log('ironic'));
}

async function serversForSplit(): Promise<SplitParts> {
  const [database, broker] = await Promise.all([privatePostgresql(), privateRabbitmq()]);
  return { connection: database.connection(), transportUrl: broker.url };
}

async function startSplit(lab: LabInProgress, servers: SplitParts): Promise<void> {
  const { folder, programs } = lab;
  lab.phase = 'starting API and conductor';
  writeConfiguration(lab, servers);
  await runLogged(folder, 'dbsync', [...commandOf('ironic-inspector-dbsync', folder), 'upgrade']);
  programs.start('conductor', commandOf('ironic-inspector-conductor', folder));
  programs.start('api', commandOf('ironic-inspector-api', folder));
}

function writeConfiguration({ settings, folder }: LabInProgress, split?: SplitParts): void {
  writeFileSync(folder.serviceConfiguration, labServiceConfiguration(settings, folder, split));
  chmodSync(folder.serviceConfiguration, 0o600);
}

function commandOf(name: string, folder: LabFolder): string[] {
  const program = fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url));
  return [process.execPath, program, '--config-file', folder.serviceConfiguration];
}

/** Whether the API answers with its versions. */
async function answers(): Promise<boolean> {
  try {
    const { statusCode, body } = await request(labNetwork.serviceUrl);
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
