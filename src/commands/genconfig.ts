import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { stringify } from 'yaml';
import type { OptionGroup } from '../config/option.ts';
import { sampleData } from '../config/sample/sample-data.ts';
import { sampleFile } from '../config/sample/sample-file.ts';
import { allOptionGroups } from '../configuration.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { pluginsOf } from './plugins-of.ts';
import {
  addConfigurationOptions,
  parseCommandLine,
  plainCommand,
  type ServiceArguments,
} from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

const formats: Readonly<Record<string, (groups: readonly OptionGroup[]) => string>> = {
  ini: sampleFile,
  json: (groups) => `${JSON.stringify(sampleData(groups), null, 2)}\n`,
  yaml: (groups) => stringify(sampleData(groups), { version: '1.1', aliasDuplicateObjects: false }),
};

/**
 * Writes the sample configuration: every option with its help, type, default, range and old names.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 written, 1 a plug-in cannot be used or the file not be written, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return generateConfig(argv, thisProcess());
}

/** The command over given surroundings. */
export async function generateConfig(argv: readonly string[], on: ServiceConsole): Promise<number> {
  const command = plainCommand('genconfig', on).description(
    'The sample configuration: every option with its help, type, default, range and old names.',
  );
  const given = addConfigurationOptions(command);
  command
    .addOption(new Option('--format <name>', 'how to write it').choices(Object.keys(formats)).default('ini'))
    .option('--output-file <path>', 'file to write; - for standard output', '-')
    .addHelpText(
      'after',
      '\nWith --config-file or --config-dir, the options of the plug-ins named there are written as well.\n' +
        'Exit codes: 0 written, 1 a plug-in cannot be used or the file not be written, 2 wrong arguments.',
    );
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered.exitCode;
  const { format, outputFile } = command.opts<{ format: string; outputFile: string }>();
  const ofPlugins = await pluginGroups({ ...given, settings: [] }, on);
  if (ofPlugins === undefined) return 1;
  const text = (formats[format] ?? sampleFile)([...allOptionGroups, ...ofPlugins]);
  if (outputFile === '-') {
    on.write(text);
    return 0;
  }
  try {
    writeFileSync(resolve(on.workingDirectory, outputFile), text);
    return 0;
  } catch (error) {
    on.tell(`${outputFile} cannot be written: ${messageOf(error)}\n`);
    return 1;
  }
}

/** Only a configuration that is given names plug-ins here: the sample must not depend on the machine. */
async function pluginGroups(
  given: ServiceArguments,
  on: ServiceConsole,
): Promise<readonly OptionGroup[] | undefined> {
  if (given.configuration.length === 0) return [];
  try {
    return (await pluginsOf('genconfig', given, on)).map(({ optionGroup }) => optionGroup);
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    on.tell(`${error.message}\n`);
    return undefined;
  }
}
