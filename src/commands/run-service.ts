import { setTimeout as wait } from 'node:timers/promises';
import { type CheckedRole, checkParts } from '../check-parts.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import { openConfiguredLogger } from '../config/open-configured-logger.ts';
import type { OptionsOf } from '../config/option.ts';
import { refuseDeprecated } from '../config/refuse-deprecated.ts';
import { reloadableConfiguration } from '../config/reloadable-configuration.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import { serviceNotifier } from '../host/service-notifier.ts';
import { proxiesOf } from '../keystone/proxies.ts';
import type { Logger } from '../logging/logger.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import { type SwitchableLog, switchableLog } from '../logging/switchable-log.ts';
import type { LoadedPlugin } from '../plugins/loaded-plugin.ts';
import type { Running, Surroundings } from '../running.ts';
import { standaloneOptions } from '../standalone-options.ts';
import { checkConfig } from './check-config.ts';
import { type ConfigurationOfCommand, configurationOf } from './configuration-of.ts';
import { packageVersion } from './package-version.ts';
import { pluginsOf, readWithPlugins } from './plugins-of.ts';
import { policyFoldersOf } from './policy-folders.ts';
import { releaseStartMemory } from './release-start-memory.ts';
import { reloadConfiguration } from './reload-configuration.ts';
import { parseServiceArguments, type ServiceArguments } from './service-arguments.ts';
import type { ServiceConsole } from './service-console.ts';
import { listenForSignals } from './stop-signals.ts';

/** The exit code is 1 then as well, but the process does not end by itself. */
const workLeft = 'work left';

/** A signal came before the service was up; what has been begun at start may go on for long. */
const interrupted = 'interrupted';

/**
 * A start that is all but done is completed, so that the service can stop in order.
 *
 * @param started Aborted when it is; nothing then waits that would keep the process alive.
 */
async function startPatience(started: AbortSignal): Promise<undefined> {
  await wait(startLimit, undefined, { signal: started }).catch(() => undefined);
}

/** Milliseconds. */
const startLimit = 3000;

/** A command that runs a role of the service until a signal stops it. */
export interface ServiceRole {
  /** The command's name. */
  readonly program: string;
  /** For its help. */
  readonly description: string;
  /** The value of `[DEFAULT]standalone` that the role is for. */
  readonly standalone: boolean;
  /** What the operator is told when the configuration has the other one. */
  readonly wrongRole: string;
  /** Which parts `--check-config` looks at. */
  readonly parts: CheckedRole;
  readonly start: (configuration: LoadedConfiguration, log: Logger, on: Surroundings) => Promise<Running>;
}

/**
 * Runs the role until a signal stops it.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments
 */
export async function runService(
  role: ServiceRole,
  argv: readonly string[],
  on: ServiceConsole,
): Promise<number> {
  const { program, description } = role;
  const command = { program, description, version: packageVersion() };
  const given = parseServiceArguments(command, argv, on);
  if ('exitCode' in given) return given.exitCode;
  const exitCode = await run({ role, given, version: command.version, on });
  // What is left to do would keep the process alive.
  if (exitCode === workLeft) on.leave(1);
  if (exitCode === interrupted) on.leave(0);
  return exitCode === 0 || exitCode === interrupted ? 0 : 1;
}

interface Run {
  readonly role: ServiceRole;
  readonly given: ServiceArguments;
  readonly version: string;
  readonly on: ServiceConsole;
}

async function run({ role, given, version, on }: Run): Promise<0 | 1 | typeof workLeft | typeof interrupted> {
  const { program } = role;
  let log: SwitchableLog | undefined;
  try {
    // Once: a module that has been imported stays what it is.
    const plugins = await pluginsOf(program, given, on);
    const read = () => readForRole(role, given, on, plugins);
    if (given.checkConfig === true) {
      const folders = ({ files }: ConfigurationOfCommand) => policyFoldersOf(given, files, on);
      return await checkConfig(
        read,
        (it) => checkParts(it.configuration, role.parts, { plugins, policyFolders: folders(it) }),
        on,
      );
    }
    const found = read();
    const reloadable = reloadableConfiguration(found.configuration);
    const openLog = (options: OptionsOf<typeof loggingOptions.options>) =>
      openConfiguredLogger(options, { program, hostname: on.hostname });
    log = switchableLog(openLog(found.configuration.get(loggingOptions)));
    const { logger } = log;
    logBeginning(found, `${program} ${version}`, logger);
    const proxies = proxiesOf(on.environment);
    const policyFolders = policyFoldersOf(given, found.files, on);
    const { configuration } = reloadable;
    const reloading = { current: reloadable, log, read: () => read().configuration, openLog };
    return await serve(() => role.start(configuration, logger, { proxies, policyFolders, plugins }), {
      log,
      on,
      reload: () => void reloadConfiguration(reloading),
    });
  } catch (error) {
    const known = error instanceof InspectorError;
    log?.logger.critical(`${program} ends: ${messageOf(error)}`, stackFields(error));
    on.tell(`${known || !(error instanceof Error) ? messageOf(error) : error.stack}\n`);
    return 1;
  } finally {
    await log?.close();
  }
}

function readForRole(
  { program, standalone, wrongRole }: ServiceRole,
  given: ServiceArguments,
  on: ServiceConsole,
  plugins: readonly LoadedPlugin[],
): ConfigurationOfCommand {
  const found = configurationOf(program, given, on, readWithPlugins(plugins));
  refuseDeprecated(found.configuration);
  if (found.configuration.get(standaloneOptions).standalone === standalone) return found;
  throw new InspectorError('invalid', wrongRole);
}

function logBeginning({ configuration, files }: ConfigurationOfCommand, what: string, log: Logger): void {
  log.info(`Starting ${what} on Node ${process.version}`);
  log.info(`Configuration files: ${files.join(', ') || 'none, the defaults apply'}`);
  for (const warning of configuration.warnings) log.warning(warning);
  if (!configuration.get(loggingOptions).log_options) return;
  for (const line of configuration.dump()) log.debug(line);
}

interface Serving {
  readonly log: OpenLogger;
  readonly on: ServiceConsole;
  /** Reads the configuration again. */
  readonly reload: () => void;
}

async function serve(
  start: () => Promise<Running>,
  { log, on, reload }: Serving,
): Promise<0 | typeof workLeft | typeof interrupted> {
  const { logger } = log;
  const running: { service?: Running } = {};
  const manager = serviceNotifier({
    environment: on.environment,
    processId: process.pid,
    complain: (sentence) => logger.warning(sentence),
  });
  const signals = listenForSignals(on.signals, {
    isAtTerminal: on.isAtTerminal,
    reopen: () => {
      if (running.service !== undefined) manager.reloading();
      log.reopen();
      reload();
      running.service?.reload?.();
      if (running.service !== undefined) manager.ready(running.service.status);
    },
    repeated: (signal) => logger.warning(`${signal} is ignored: the service is stopping already`),
  });
  const started = new AbortController();
  try {
    const starting = start();
    const service = await Promise.race([starting, signals.stop.then(() => startPatience(started.signal))]);
    started.abort();
    if (service === undefined) {
      starting.catch(() => {});
      logger.info(`Stopping on ${await signals.stop}, before the service is up`);
      return interrupted;
    }
    running.service = service;
    logger.info(service.status);
    manager.ready(service.status);
    releaseStartMemory();
    logger.info(`Stopping on ${await signals.stop}`);
    manager.stopping();
    const isDone = await service.stop();
    if (isDone) logger.info('Stopped');
    else logger.error('Stopped with work left: it is taken up at the next start');
    return isDone ? 0 : workLeft;
  } finally {
    manager.end();
    signals.end();
  }
}
