import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type CollectorName, collectorNames, isCollectorName } from '../agent/collectors.ts';
import { httpPost } from '../agent/http-post.ts';
import { inspectMachine } from '../agent/inspect-machine.ts';
import { kernelParameters } from '../agent/kernel-command-line.ts';
import { openMachine, type Surroundings, thisMachine } from '../agent/machine.ts';
import { postDocument } from '../agent/post-document.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { packageVersion } from './package-version.ts';

/** What the command works with besides its arguments; a test brings its own. */
export interface AgentConsole {
  readonly machine: Surroundings;
  /** Results: the JSON document, or the node's UUID. */
  readonly write: (text: string) => void;
  /** Progress, notes and errors. */
  readonly tell: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

interface Flags {
  readonly print?: boolean;
  readonly url?: readonly string[];
  readonly bootInterface?: string;
  readonly collectors: readonly CollectorName[];
  readonly cafile?: string;
  readonly insecure?: boolean;
  readonly timeout: number;
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
  const command = commandLine(version, on);
  try {
    command.parse([...argv], { from: 'user' });
    await inspectAndReport(destinationFor(command, on.machine), version, on);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof InspectorError)) throw error;
    on.tell(error.message);
    return 1;
  }
}

/**
 * The flags, completed by what the ramdisk's boot loader has put on the kernel's command line when neither
 * `--print` nor `--url` says what to do.
 *
 * @throws CommanderError when nothing says what to do
 */
function destinationFor(command: Command, machine: Surroundings): Flags {
  const flags = command.opts<Flags>();
  if (flags.print === true || flags.url !== undefined) return flags;
  const parameters = kernelParameters(openMachine(machine).files);
  const urls = parameters.get('ipa-inspection-callback-url');
  if (urls === undefined) {
    return command.error(
      'error: expected --print or --url, or ipa-inspection-callback-url= on the kernel command line',
    );
  }
  try {
    return {
      ...flags,
      url: parseUrls(urls),
      insecure: flags.insecure ?? parameters.get('ipa-insecure') === '1',
    };
  } catch (error) {
    return command.error(`error: ipa-inspection-callback-url: ${messageOf(error)}`);
  }
}

async function inspectAndReport(flags: Flags, version: string, on: AgentConsole): Promise<void> {
  const authorities = flags.cafile === undefined ? undefined : certificateAuthorities(flags.cafile);
  on.tell('reading the inventory of this machine');
  const { document, notes } = await inspectMachine(on.machine, {
    collectors: flags.collectors,
    bootInterface: flags.bootInterface,
    version,
  });
  const { interfaces, disks, cpu } = document.inventory;
  on.tell(`found ${interfaces.length} interfaces, ${disks.length} disks and ${cpu.count} CPUs`);
  for (const { fact, reason, remedy } of notes) on.tell(`could not read ${fact}: ${reason} (${remedy})`);
  if (flags.print === true) on.write(`${JSON.stringify(document, null, 2)}\n`);
  if (flags.url === undefined) return;
  const client = httpPost({
    timeoutSeconds: flags.timeout,
    certificateAuthorities: authorities,
    insecure: flags.insecure === true,
  });
  try {
    const body = JSON.stringify(document);
    const uuid = await postDocument({
      urls: flags.url,
      body,
      post: client.post,
      sleep: on.sleep,
      log: on.tell,
    });
    on.tell(
      uuid === null ? 'the service took the inventory' : `the service took the inventory for node ${uuid}`,
    );
    if (uuid !== null && flags.print !== true) on.write(`${uuid}\n`);
  } finally {
    await client.close();
  }
}

function commandLine(version: string, on: AgentConsole): Command {
  return new Command('ironic-inspector-agent')
    .description("Reads this machine's inventory and posts it to the introspection service.")
    .version(version)
    .option('--print', 'print the inventory as JSON')
    .option(
      '--url <urls>',
      "post to the service's callback, such as http://127.0.0.1:5050/v1/continue; several are separated by " +
        'commas (default without --print: ipa-inspection-callback-url= of the kernel command line)',
      parseUrls,
    )
    .option(
      '--boot-interface <mac>',
      'the interface that the machine booted from (default: BOOTIF= of the kernel command line)',
      parseBootInterface,
    )
    .addOption(
      new Option('--collectors <names>', `what to collect, separated by commas: ${collectorNames.join(', ')}`)
        .argParser(parseCollectors)
        .default(collectorNames, 'all'),
    )
    .option('--cafile <path>', "certificate authorities (PEM) to trust in place of the system's")
    .option('--insecure', "do not check the service's certificate")
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait for the service in each attempt')
        .argParser(parseTimeout)
        .default(30),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the service did not take the inventory, 2 wrong arguments.',
    )
    .allowExcessArguments(false)
    .configureOutput({ writeOut: on.write, writeErr: (text) => on.tell(text.trimEnd()) })
    .exitOverride();
}

/** The `default` collector is always among them: a document without an inventory is of no use to anybody. */
function parseCollectors(list: string): readonly CollectorName[] {
  const words = list.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !isCollectorName(word));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`Expected some of ${collectorNames.join(', ')}, got '${unknown}'.`);
  }
  return collectorNames.filter((name) => name === 'default' || words.includes(name));
}

function parseTimeout(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Expected whole seconds from 1 on.');
  return Number(text);
}

/** @throws InvalidArgumentError for anything but URLs of http or https */
function parseUrls(list: string): readonly string[] {
  const urls = list
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '');
  const wrong = urls.find((url) => !['http:', 'https:'].includes(URL.parse(url)?.protocol ?? ''));
  if (wrong !== undefined || urls.length === 0) {
    throw new InvalidArgumentError(
      `Expected a callback URL such as http://127.0.0.1:5050/v1/continue, got '${wrong ?? list}'.`,
    );
  }
  return urls;
}

/** A MAC, or the boot loader's form of it, `01-aa-bb-cc-dd-ee-ff`. */
function parseBootInterface(text: string): string {
  if (!/^([0-9a-f]{2}[:-]){5,6}[0-9a-f]{2}$/i.test(text)) {
    throw new InvalidArgumentError('Expected a MAC such as 52:54:00:12:34:56 or 01-52-54-00-12-34-56.');
  }
  return text;
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
