import { setTimeout as wait } from 'node:timers/promises';
import { type Running, type Surroundings, startAllInOne } from '../all-in-one.ts';
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
import { standaloneOptions } from '../standalone-options.ts';
import { checkConfig } from './check-config.ts';
import { type ConfigurationOfCommand, configurationOf } from './configuration-of.ts';
import { packageVersion } from './package-version.ts';
import { policyFoldersOf } from './policy-folders.ts';
import { reloadConfiguration } from './reload-configuration.ts';
import { parseServiceArguments, type ServiceArguments } from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';
import { listenForSignals } from './stop-signals.ts';

const program = 'ironic-inspector';

/** The exit code is 1 then as well, but the process does not end by itself. */
const workLeft = 'work left';

/** A signal came before the service was up; what has been begun at start may go on for long. */
const interrupted = 'interrupted';

/** A start that is all but done is completed, so that the service can stop in order. */
async function startPatience(): Promise<undefined> {
  await wait(startLimit);
}

/** Milliseconds. */
const startLimit = 3000;

type Start = (configuration: LoadedConfiguration, log: Logger, on: Surroundings) => Promise<Running>;

/**
 * The all-in-one service: API and conductor in one process, until a signal stops it.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  return runService(argv, thisProcess());
}

/** The command over given surroundings; `start` is another one in tests only. */
export async function runService(
  argv: readonly string[],
  on: ServiceConsole,
  start: Start = startAllInOne,
): Promise<number> {
  const description = 'Hardware introspection for bare metal: API and conductor in one process.';
  const command = { program, description, version: packageVersion() };
  const given = parseServiceArguments(command, argv, on);
  if ('exitCode' in given) return given.exitCode;
  const exitCode = await run({ given, version: command.version, on, start });
  // What is left to do would keep the process alive.
  if (exitCode === workLeft) on.leave(1);
  if (exitCode === interrupted) on.leave(0);
  return exitCode === 0 || exitCode === interrupted ? 0 : 1;
}

interface Run {
  readonly given: ServiceArguments;
  readonly version: string;
  readonly on: ServiceConsole;
  readonly start: Start;
}

async function run({
  given,
  version,
  on,
  start,
}: Run): Promise<0 | 1 | typeof workLeft | typeof interrupted> {
  let log: SwitchableLog | undefined;
  const read = () => readStandalone(given, on);
  try {
    if (given.checkConfig === true) return checkConfig(read, on);
    const found = read();
    const reloadable = reloadableConfiguration(found.configuration);
    const openLog = (options: OptionsOf<typeof loggingOptions.options>) =>
      openConfiguredLogger(options, { program, hostname: on.hostname });
    log = switchableLog(openLog(found.configuration.get(loggingOptions)));
    const { logger } = log;
    logBeginning(found, version, logger);
    const proxies = proxiesOf(on.environment);
    const policyFolders = policyFoldersOf(given, found.files, on);
    const { configuration } = reloadable;
    const reloading = { current: reloadable, log, read: () => read().configuration, openLog };
    return await serve(() => start(configuration, logger, { proxies, policyFolders }), {
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

function readStandalone(given: ServiceArguments, on: ServiceConsole): ConfigurationOfCommand {
  const found = configurationOf(program, given, on);
  refuseDeprecated(found.configuration);
  if (found.configuration.get(standaloneOptions).standalone) return found;
  throw new InspectorError(
    'invalid',
    'To run ironic-inspector in standalone mode, [DEFAULT]standalone should be set to True.',
  );
}

function logBeginning({ configuration, files }: ConfigurationOfCommand, version: string, log: Logger): void {
  log.info(`Starting ${program} ${version} on Node ${process.version}`);
  log.info(`Configuration files: ${files.join(', ') || 'none, the defaults apply'}`);
  for (const warning of configuration.warnings) log.warning(warning);
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
      if (running.service !== undefined) manager.ready(`Listening on ${running.service.url}`);
    },
    repeated: (signal) => logger.warning(`${signal} is ignored: the service is stopping already`),
  });
  try {
    const starting = start();
    const service = await Promise.race([starting, signals.stop.then(startPatience)]);
    if (service === undefined) {
      starting.catch(() => {});
      logger.info(`Stopping on ${await signals.stop}, before the service is up`);
      return interrupted;
    }
    running.service = service;
    logger.info(`Listening on ${service.url}`);
    manager.ready(`Listening on ${service.url}`);
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
