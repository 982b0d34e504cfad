import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { stringify } from 'yaml';
import type { OptionGroup } from '../config/option.ts';
import { sampleData } from '../config/sample/sample-data.ts';
import { sampleFile } from '../config/sample/sample-file.ts';
import { allOptionGroups } from '../configuration.ts';
import { messageOf } from '../errors/inspector-error.ts';
import { parseCommandLine, plainCommand } from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

const formats: Readonly<Record<string, (groups: readonly OptionGroup[]) => string>> = {
  ini: sampleFile,
  json: (groups) => `${JSON.stringify(sampleData(groups), null, 2)}\n`,
  yaml: (groups) => stringify(sampleData(groups), { version: '1.1', aliasDuplicateObjects: false }),
};

type Writing = Pick<ServiceConsole, 'write' | 'tell' | 'workingDirectory'>;

/**
 * Writes the sample configuration: every option with its help, type, default, range and old names.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 written, 1 the file cannot be written, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return generateConfig(argv, thisProcess());
}

/** The command over given surroundings. */
export function generateConfig(argv: readonly string[], on: Writing): number {
  const command = plainCommand('genconfig', on)
    .description('The sample configuration: every option with its help, type, default, range and old names.')
    .addOption(new Option('--format <name>', 'how to write it').choices(Object.keys(formats)).default('ini'))
    .option('--output-file <path>', 'file to write; - for standard output', '-')
    .addHelpText('after', '\nExit codes: 0 written, 1 the file cannot be written, 2 wrong arguments.');
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered.exitCode;
  const { format, outputFile } = command.opts<{ format: string; outputFile: string }>();
  const text = (formats[format] ?? sampleFile)(allOptionGroups);
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
