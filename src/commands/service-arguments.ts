import { Command, CommanderError, Option } from 'commander';
import type { CommandLineSetting } from '../config/configuration-sources.ts';
import type { ConfigArgument } from '../config/find-config-files.ts';

/** What the service commands take from the command line. */
export interface ServiceArguments {
  /** `--config-file` and `--config-dir`, in the order given: the last one wins. */
  readonly configuration: readonly ConfigArgument[];
  readonly settings: readonly CommandLineSetting[];
}

/** The arguments said everything there was to do (`--help`), or were wrong. */
export interface Answered {
  readonly exitCode: number;
}

/** Options of the log that take a value, by their spellings on the command line. */
const valued: readonly (readonly [flags: string, option: string, help: string])[] = [
  ['--log-file <path>', 'log_file', 'file to log to'],
  ['--logfile <path>', 'log_file', 'the same'],
  ['--log-dir <folder>', 'log_dir', 'folder of the log file'],
  ['--logdir <folder>', 'log_dir', 'the same'],
  ['--log-date-format <format>', 'log_date_format', 'how times are written in the log'],
];

/** Switches, each with its inverse. */
const switches: readonly (readonly [name: string, option: string, help: string])[] = [
  ['use-json', 'use_json', 'log lines of JSON'],
];

/** The options common to the service commands. Prints help, version and usage errors. */
export function parseServiceArguments(
  program: string,
  description: string,
  version: string,
  argv: readonly string[],
): ServiceArguments | Answered {
  const configuration: ConfigArgument[] = [];
  const settings: CommandLineSetting[] = [];
  const set = (option: string, argument: string) => (value: string | null) => {
    settings.push({ name: option, value: value ?? 'true', argument });
    return value;
  };
  const command = new Command(program)
    .description(description)
    .version(version, '--version', 'print the version')
    .option('--config-file <path>', 'a configuration file; may be repeated, the last one wins', (file) =>
      configuration.push({ file }),
    )
    .option(
      '--config-dir <folder>',
      'a folder of *.conf files, read in the order of their names',
      (directory) => configuration.push({ directory }),
    )
    .option('-d, --debug', 'log at level DEBUG')
    .option('--nodebug', 'log at level INFO')
    .on('option:debug', () => settings.push({ name: 'debug', value: 'true', argument: '--debug' }))
    .on('option:nodebug', () => settings.push({ name: 'debug', value: 'false', argument: '--nodebug' }))
    .allowExcessArguments(false)
    .exitOverride();
  for (const [flags, option, help] of valued) {
    command.addOption(new Option(flags, help).argParser(set(option, flags.split(' ')[0] ?? flags)));
  }
  for (const [name, option, help] of switches) {
    command.option(`--${name}`, help).option(`--no${name}`, `do not ${help}`);
    command.on(`option:${name}`, () => settings.push({ name: option, value: 'true', argument: `--${name}` }));
    command.on(`option:no${name}`, () =>
      settings.push({ name: option, value: 'false', argument: `--no${name}` }),
    );
  }
  command.addHelpText(
    'after',
    `\nWithout --config-file, ironic-inspector.conf and ${program}.conf are looked for in ~/.ironic-inspector, ~, ` +
      '/etc/ironic-inspector and /etc.\nExit codes: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments.',
  );
  try {
    command.parse([...argv], { from: 'user' });
    return { configuration, settings };
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
}
