import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { messageOf } from '../errors/inspector-error.ts';
import { escapeControl } from '../logging/escape-control.ts';
import type { CommandFilter } from './rootwrap/command-filter.ts';
import { loadFilters, requireTrusted } from './rootwrap/load-filters.ts';
import { matchFilter } from './rootwrap/match-filter.ts';
import { parseRootwrapConfig, type RootwrapConfig } from './rootwrap/rootwrap-config.ts';
import { type AllowedCommand, runAllowed } from './rootwrap/run-allowed.ts';

const program = 'ironic-inspector-rootwrap';

const exitCodes = { unauthorized: 99, noCommand: 98, badConfiguration: 97, notFound: 96 } as const;

/** What the command works with; a test brings its own. */
export interface RootwrapSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userId: number;
  /** Standard error. */
  readonly tell: (text: string) => void;
  readonly run: (command: AllowedCommand) => Promise<number>;
  /** Writes one message to syslog; a failure is no reason to refuse the command. */
  readonly syslog: (priority: string, message: string) => void;
}

/**
 * `ironic-inspector-rootwrap CONFIG COMMAND [ARGS...]`: runs a command as another user if the filters allow it.
 *
 * @returns the command's exit code, or 99 not allowed, 98 no command, 97 bad configuration, 96 no such executable
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runRootwrap(argv, {
    environment: process.env,
    userId: userInfo().uid,
    tell: (text) => void process.stderr.write(text),
    run: runAllowed,
    syslog: (priority, message) =>
      void spawnSync('/usr/bin/logger', ['-t', program, '-p', priority, '--', message], { stdio: 'ignore' }),
  });
}

/** The command over given surroundings. */
export async function runRootwrap(argv: readonly string[], on: RootwrapSurroundings): Promise<number> {
  const [configFile, ...command] = argv;
  if (configFile === undefined || command.length === 0)
    return refuse(on, 'No command specified', 'noCommand');
  let config: RootwrapConfig;
  let filters: readonly CommandFilter[];
  try {
    config = readConfig(configFile, on);
    const warn = (sentence: string) => on.tell(`${program}: ${sentence}\n`);
    filters = loadFilters(config.filterFolders, { ...on, warn });
  } catch (error) {
    return refuse(on, messageOf(error), 'badConfiguration');
  }
  return judge(config, filters, command, on);
}

function readConfig(path: string, on: RootwrapSurroundings): RootwrapConfig {
  try {
    requireTrusted(path, on.userId);
    return parseRootwrapConfig(readFileSync(path, 'utf8'), on.environment['PATH'] ?? '');
  } catch (error) {
    throw new Error(`Incorrect configuration file: ${path}: ${messageOf(error)}`, { cause: error });
  }
}

async function judge(
  config: RootwrapConfig,
  filters: readonly CommandFilter[],
  command: readonly string[],
  on: RootwrapSurroundings,
): Promise<number> {
  const verdict = matchFilter(filters, command, config.executableFolders);
  if (verdict.kind === 'unauthorized') {
    return refuse(
      on,
      `Unauthorized command: ${command.join(' ')} (no filter matched)`,
      'unauthorized',
      config,
    );
  }
  const { filter } = verdict;
  if (verdict.kind === 'not-found') {
    const message = `Executable not found: ${filter.executable} (filter match = ${filter.name})`;
    return refuse(on, message, 'notFound', config);
  }
  const allowed = {
    executable: verdict.executable,
    arguments: filter.arguments(command),
    runAs: filter.runAs,
    environment: { ...cleanEnvironment(config, on), ...filter.environment?.(command) },
  };
  log(
    config,
    on,
    'info',
    `Executing ${[allowed.executable, ...allowed.arguments].join(' ')} (filter match = ${filter.name})`,
  );
  try {
    return await on.run(allowed);
  } catch (error) {
    return refuse(on, `${allowed.executable} cannot be run: ${messageOf(error)}`, 'notFound', config);
  }
}

/**
 * What a command may need of the environment. The rest stays behind, as `LD_PRELOAD` and its kind would run the
 * caller's code as root where sudo has not removed them (docs/compatibility.md, rootwrap-clean-environment).
 */
function cleanEnvironment(
  config: RootwrapConfig,
  { environment }: RootwrapSurroundings,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && /^(?:LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM)$/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), PATH: config.executableFolders.join(':') };
}

function refuse(
  on: RootwrapSurroundings,
  message: string,
  code: keyof typeof exitCodes,
  config?: RootwrapConfig,
): number {
  on.tell(`${program}: ${escapeControl(message)}\n`);
  if (config !== undefined) log(config, on, 'error', message);
  return exitCodes[code];
}

/** `INFO` logs runs and refusals, `ERROR` refusals only. */
function log(
  { syslog }: RootwrapConfig,
  on: RootwrapSurroundings,
  level: 'info' | 'error',
  message: string,
): void {
  if (syslog === undefined || syslog.level === 'none') return;
  if (level === 'info' && syslog.level === 'error') return;
  on.syslog(`${syslog.facility}.${level === 'info' ? 'info' : 'err'}`, escapeControl(message));
}
