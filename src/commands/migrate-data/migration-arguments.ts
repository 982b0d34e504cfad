import { InspectorError } from '../../errors/inspector-error.ts';
import {
  type Answered,
  addConfigurationOptions,
  addLogOptions,
  parseCommandLine,
  plainCommand,
  type ServiceArguments,
  type ServiceCommand,
  searchedFiles,
} from '../service-arguments.ts';
import type { ServiceConsole } from '../service-console.ts';

/** The stores that data is moved between. */
export const storeNames = ['database', 'swift'] as const;

/** One of them. */
export type StoreName = (typeof storeNames)[number];

/** `--from` and `--to` as they were typed. */
export interface GivenStores {
  from?: string;
  to?: string;
}

/** What the command takes from the command line. */
export interface MigrationArguments extends ServiceArguments {
  readonly stores: GivenStores;
}

/** The options of the command. Prints help, version and usage errors. */
export function parseMigrationArguments(
  { program, description, version }: ServiceCommand,
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): MigrationArguments | Answered {
  const stores: GivenStores = {};
  const command = plainCommand(program, on)
    .description(description)
    .version(version, '--version', 'print the version')
    .option('--from <store>', 'where to read: database or swift', (name) => void (stores.from = name))
    .option('--to <store>', 'where to write: database or swift', (name) => void (stores.to = name));
  const given = { ...addConfigurationOptions(command), ...addLogOptions(command), stores };
  const exitCodes = '0 all is copied, 1 something is not, 2 wrong arguments, 130 interrupted';
  command.addHelpText('after', `\n${searchedFiles(program)}\nExit codes: ${exitCodes}.`);
  return parseCommandLine(command, argv) ?? given;
}

/**
 * The two stores that were asked for.
 *
 * @throws InspectorError `invalid` when one is missing or unknown, or both are the same.
 */
export function chosenStores({ from, to }: GivenStores): {
  readonly from: StoreName;
  readonly to: StoreName;
} {
  const chosen = { from: storeName('--from', from), to: storeName('--to', to) };
  if (chosen.from !== chosen.to) return chosen;
  throw new InspectorError('invalid', 'Source and destination can not be the same.');
}

function storeName(option: string, given: string | undefined): StoreName {
  const found = storeNames.find((name) => name === given);
  if (found !== undefined) return found;
  const came = given === undefined ? 'nothing' : `"${given}"`;
  throw new InspectorError('invalid', `${option}: expected one of ${storeNames.join(', ')}, got ${came}`);
}
