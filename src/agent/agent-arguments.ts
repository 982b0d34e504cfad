import { Command, InvalidArgumentError, Option } from 'commander';
import { messageOf } from '../errors/inspector-error.ts';
import { type CollectorName, collectorNames, isCollectorName } from './collectors.ts';

/** What the agent is asked to do. */
export interface AgentArguments {
  readonly print?: boolean;
  /** Callback URLs; nothing is posted without. */
  readonly url?: readonly string[];
  readonly bootInterface?: string;
  readonly collectors: readonly CollectorName[];
  /** Path of a PEM file. */
  readonly cafile?: string;
  readonly insecure?: boolean;
  /** Seconds. */
  readonly timeout: number;
}

/** Where the agent speaks. */
export interface AgentOutput {
  /** Results: the JSON document, the node's UUID, help. */
  readonly write: (text: string) => void;
  /** Progress, notes and mistakes, a line at a time. */
  readonly tell: (line: string) => void;
}

/**
 * Understands the agent's arguments.
 *
 * @param kernelParameters what the boot loader has put on the kernel's command line; read when it matters
 * @throws CommanderError after help or the version is shown (exit code 0), and after a mistake is told
 */
export function parseAgentArguments(
  argv: readonly string[],
  version: string,
  output: AgentOutput,
  kernelParameters: () => ReadonlyMap<string, string>,
): AgentArguments {
  const command = agentCommand(version, output).parse([...argv], { from: 'user' });
  const given = command.opts<AgentArguments>();
  if (given.print === true || given.url !== undefined) return given;
  return { ...given, ...destinationOfKernel(command, kernelParameters()) };
}

/** A ramdisk's agent is told by its boot loader where to post. */
function destinationOfKernel(
  command: Command,
  parameters: ReadonlyMap<string, string>,
): Pick<AgentArguments, 'url' | 'insecure'> {
  const urls = parameters.get('ipa-inspection-callback-url');
  if (urls === undefined) {
    return command.error(
      'error: expected --print or --url, or ipa-inspection-callback-url= on the kernel command line',
    );
  }
  try {
    const insecure = parameters.get('ipa-insecure') === '1' ? { insecure: true } : {};
    return { url: parseUrls(urls), ...insecure };
  } catch (error) {
    return command.error(`error: ipa-inspection-callback-url: ${messageOf(error)}`);
  }
}

function agentCommand(version: string, output: AgentOutput): Command {
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
    .configureOutput({ writeOut: output.write, writeErr: (text) => output.tell(text.trimEnd()) })
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
