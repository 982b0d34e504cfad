import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { type AgentArguments, type AgentOutput, parseAgentArguments } from '../agent/agent-arguments.ts';
import { httpPost } from '../agent/http-post.ts';
import { inspectMachine } from '../agent/inspect-machine.ts';
import { kernelParameters } from '../agent/kernel-command-line.ts';
import { openMachine, type Surroundings, thisMachine } from '../agent/machine.ts';
import { postDocument } from '../agent/post-document.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { packageVersion } from './package-version.ts';

/** What the command works with besides its arguments; a test brings its own. */
export interface AgentConsole extends AgentOutput {
  readonly machine: Surroundings;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * Reads this machine's inventory, prints it or posts it.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 done, 1 the inventory was not taken, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runAgent(argv, {
    machine: thisMachine(),
    write: (text) => void process.stdout.write(text),
    tell: (line) => void process.stderr.write(`${line}\n`),
    sleep: wait,
  });
}

/** The command over given surroundings. */
export async function runAgent(argv: readonly string[], on: AgentConsole): Promise<number> {
  const version = packageVersion();
  try {
    const kernel = () => kernelParameters(openMachine(on.machine).files);
    await inspectAndReport(parseAgentArguments(argv, version, on, kernel), version, on);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof InspectorError)) throw error;
    on.tell(error.message);
    return 1;
  }
}

async function inspectAndReport(wanted: AgentArguments, version: string, on: AgentConsole): Promise<void> {
  const authorities = wanted.cafile === undefined ? undefined : certificateAuthorities(wanted.cafile);
  on.tell('reading the inventory of this machine');
  const { document, notes } = await inspectMachine(on.machine, {
    collectors: wanted.collectors,
    bootInterface: wanted.bootInterface,
    version,
  });
  const { interfaces, disks, cpu } = document.inventory;
  on.tell(`found ${interfaces.length} interfaces, ${disks.length} disks and ${cpu.count} CPUs`);
  for (const { fact, reason, remedy } of notes) on.tell(`could not read ${fact}: ${reason} (${remedy})`);
  if (wanted.print === true) on.write(`${JSON.stringify(document, null, 2)}\n`);
  if (wanted.url === undefined) return;
  const client = httpPost({
    timeoutSeconds: wanted.timeout,
    certificateAuthorities: authorities,
    insecure: wanted.insecure === true,
  });
  try {
    const body = JSON.stringify(document);
    const uuid = await postDocument({
      urls: wanted.url,
      body,
      post: client.post,
      sleep: on.sleep,
      log: on.tell,
    });
    on.tell(
      uuid === null ? 'the service took the inventory' : `the service took the inventory for node ${uuid}`,
    );
    if (uuid !== null && wanted.print !== true) on.write(`${uuid}\n`);
  } finally {
    await client.close();
  }
}

/** @throws InspectorError when the file cannot be read */
function certificateAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InspectorError('invalid', `Cannot read the certificate authorities: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
