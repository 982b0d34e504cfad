import { Command, CommanderError, Option } from 'commander';
import type { CommandLineSetting } from '../config/configuration-sources.ts';
import type { ConfigArgument } from '../config/find-config-files.ts';
import type { ServiceConsole } from './service-console.ts';

/** What the service commands take from the command line. */
export interface ServiceArguments {
  /** `--config-file` and `--config-dir`, in the order given: the last one wins. */
  readonly configuration: readonly ConfigArgument[];
  readonly settings: readonly CommandLineSetting[];
  /** `--check-config`: the configuration is checked, and nothing is started. */
  readonly checkConfig?: boolean;
}

/** The arguments said everything there was to do (`--help`), or were wrong. */
export interface Answered {
  readonly exitCode: number;
}

/** How a command names itself. */
export interface ServiceCommand {
  readonly program: string;
  readonly description: string;
  readonly version: string;
}

/** Options that take a value, by their spellings, and the option of `[DEFAULT]` that each sets. */
const valued: readonly (readonly [flags: string, option: string, help: string])[] = [
  ['--log-config-append <path>', 'log_config_append', "log configuration file of Python's logging module"],
  ['--log-config <path>', 'log_config_append', 'the same'],
  ['--log_config <path>', 'log_config_append', 'the same'],
  ['--log-date-format <format>', 'log_date_format', 'how times are written in the log'],
  ['--log-file <path>', 'log_file', 'file to log to'],
  ['--logfile <path>', 'log_file', 'the same'],
  ['--log-dir <folder>', 'log_dir', 'folder of the log file'],
  ['--logdir <folder>', 'log_dir', 'the same'],
  ['--syslog-log-facility <name>', 'syslog_log_facility', "syslog's facility"],
];

/** Switches; each has an inverse, `--nouse-json`. */
const switches: readonly (readonly [name: string, option: string, help: string])[] = [
  ['debug', 'debug', 'log at level DEBUG'],
  ['use-json', 'use_json', 'log lines of JSON'],
  ['use-syslog', 'use_syslog', 'log to syslog'],
  ['use-journal', 'use_journal', "log to systemd's journal"],
  ['watch-log-file', 'watch_log_file', 'reopen a log file that was moved (always done unless it is rotated)'],
];

/** The options common to the service commands. Prints help, version and usage errors. */
export function parseServiceArguments(
  { program, description, version }: ServiceCommand,
  argv: readonly string[],
  on: Pick<ServiceConsole, 'write' | 'tell'>,
): ServiceArguments | Answered {
  const command = plainCommand(program, on)
    .description(description)
    .version(version, '--version', 'print the version');
  const given = { ...addConfigurationOptions(command), ...addLogOptions(command) };
  command.option('--check-config', 'check the configuration and start nothing; exit code 0 or 1');
  command.addHelpText(
    'after',
    `\n${searchedFiles(program)}\nExit codes: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments.`,
  );
  const answered = parseCommandLine(command, argv);
  if (answered !== undefined) return answered;
  const { checkConfig } = command.opts<{ checkConfig?: true }>();
  return checkConfig === true ? { ...given, checkConfig } : given;
}

/** A command that prints on this console and does not end the process. */
export function plainCommand(program: string, on: Pick<ServiceConsole, 'write' | 'tell'>): Command {
  return new Command(program)
    .allowExcessArguments(false)
    .showHelpAfterError(`See ${program} --help`)
    .configureOutput({ writeOut: on.write, writeErr: on.tell })
    .exitOverride();
}

/**
 * Parses the command line into what the command's options collect, and runs its actions.
 *
 * @returns the exit code of a command line that asked for help or was wrong
 */
export function parseCommandLine(command: Command, argv: readonly string[]): Answered | undefined {
  try {
    command.parse([...argv], { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
}

/** Where a program looks for its configuration when it is not told; for its help. */
export function searchedFiles(program: string): string {
  return (
    `Without --config-file, ironic-inspector.conf and ${program}.conf are looked for in ~/.ironic-inspector, ~, ` +
    '/etc/ironic-inspector and /etc.'
  );
}

/** Adds `--config-file` and `--config-dir`; what is parsed later is pushed to the list that this returns. */
export function addConfigurationOptions(command: Command): Pick<ServiceArguments, 'configuration'> {
  const configuration: ConfigArgument[] = [];
  command
    .option('--config-file <path>', 'a configuration file; may be repeated, the last one wins', (file) =>
      configuration.push({ file }),
    )
    .option(
      '--config-dir <folder>',
      'a folder of *.conf files, read in the order of their names; may be repeated',
      (directory) => configuration.push({ directory }),
    );
  return { configuration };
}

/** Adds the options of the log; what is parsed later is pushed to the list that this returns. */
export function addLogOptions(command: Command): Pick<ServiceArguments, 'settings'> {
  const settings: CommandLineSetting[] = [];
  const set = (setting: CommandLineSetting) => settings.push(setting);
  for (const [flags, name, help] of valued) {
    const argument = flags.split(' ')[0] ?? flags;
    command.addOption(new Option(flags, help).argParser((value) => set({ name, value, argument })));
  }
  for (const [flag, name, help] of switches) {
    command.option(flag === 'debug' ? '-d, --debug' : `--${flag}`, help);
    command.option(`--no${flag}`, `the inverse of --${flag}`);
    command.on(`option:${flag}`, () => set({ name, value: 'true', argument: `--${flag}` }));
    command.on(`option:no${flag}`, () => set({ name, value: 'false', argument: `--no${flag}` }));
  }
  return { settings };
}
