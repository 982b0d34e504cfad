import { Option } from 'commander';
import { InspectorError } from '../errors/inspector-error.ts';
import { type ListedMember, listMembers } from '../plugins/plugin-list.ts';
import { configurationOf } from './configuration-of.ts';
import { packageVersion } from './package-version.ts';
import { pluginsOf, readWithPlugins } from './plugins-of.ts';
import {
  type Answered,
  addConfigurationOptions,
  parseCommandLine,
  plainCommand,
  type ServiceArguments,
  searchedFiles,
} from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

const program = 'ironic-inspector-plugins';

interface PluginArguments extends ServiceArguments {
  readonly format: 'table' | 'json';
}

/**
 * Tells which hooks, conditions, actions, stores and filters there are, and which of them are enabled.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 listed, 1 a plug-in or the configuration cannot be used, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runPlugins(argv, thisProcess());
}

/** The command over given surroundings. */
export async function runPlugins(argv: readonly string[], on: ServiceConsole): Promise<number> {
  const given = parsePluginArguments(argv, on);
  if ('exitCode' in given) return given.exitCode;
  try {
    const plugins = await pluginsOf(program, given, on);
    const { configuration } = configurationOf(program, given, on, readWithPlugins(plugins));
    const members = listMembers(plugins, configuration, packageVersion());
    on.write(given.format === 'json' ? `${JSON.stringify({ plugins: members }, null, 2)}\n` : table(members));
    return 0;
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`${error.message}\n`);
    return 1;
  }
}

function parsePluginArguments(
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): PluginArguments | Answered {
  const command = plainCommand(program, on)
    .description('Tells what plug-ins there are. They are loaded for it, as the service would load them.')
    .enablePositionalOptions()
    .helpCommand(false);
  const given = addConfigurationOptions(command);
  let format: PluginArguments['format'] | undefined;
  command
    .command('list')
    .description('list hooks, rule conditions and actions, data stores and PXE filters')
    .addOption(new Option('--format <name>', 'how to write them').choices(['table', 'json']).default('table'))
    .action((options: Pick<PluginArguments, 'format'>) => {
      format = options.format;
    });
  command.addHelpText(
    'after',
    `\n${searchedFiles(program)}\nExit codes: 0 listed, 1 a plug-in or the configuration cannot be used, 2 wrong arguments.`,
  );
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered;
  return format === undefined ? { exitCode: 2 } : { ...given, settings: [], format };
}

function table(members: readonly ListedMember[]): string {
  const rows = [
    ['Kind', 'Name', 'Plug-in', 'Source', 'Version', 'Enabled'],
    ...members.map(({ kind, name, plugin, source, version, enabled }) => [
      kind,
      name,
      plugin,
      source,
      version ?? '-',
      enabled ? 'yes' : 'no',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const [header = [], ...body] = rows;
  return `${border}${line(header)}${border}${body.map(line).join('')}${border}`;
}
