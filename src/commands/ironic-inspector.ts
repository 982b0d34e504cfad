import { type Running, type Surroundings, startAllInOne } from '../all-in-one.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import { openConfiguredLogger } from '../config/open-configured-logger.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import { proxiesOf } from '../keystone/proxies.ts';
import type { Logger } from '../logging/logger.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import { standaloneOptions } from '../standalone-options.ts';
import { type ConfigurationOfCommand, configurationOf } from './configuration-of.ts';
import { packageVersion } from './package-version.ts';
import { parseServiceArguments, type ServiceArguments } from './service-arguments.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';
import { listenForSignals } from './stop-signals.ts';

const program = 'ironic-inspector';

/** The exit code is 1 then as well, but the process does not end by itself. */
const workLeft = 'work left';

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
  return exitCode === 0 ? 0 : 1;
}

interface Run {
  readonly given: ServiceArguments;
  readonly version: string;
  readonly on: ServiceConsole;
  readonly start: Start;
}

async function run({ given, version, on, start }: Run): Promise<0 | 1 | typeof workLeft> {
  let log: OpenLogger | undefined;
  try {
    const found = configurationOf(program, given, on);
    requireStandalone(found.configuration);
    const { hostname } = on;
    log = openConfiguredLogger(found.configuration.get(loggingOptions), { program, hostname });
    const { logger } = log;
    logBeginning(found, version, logger);
    const proxies = proxiesOf(on.environment);
    return await serve(() => start(found.configuration, logger, { proxies }), log, on);
  } catch (error) {
    const known = error instanceof InspectorError;
    log?.logger.critical(`${program} ends: ${messageOf(error)}`, stackFields(error));
    on.tell(`${known || !(error instanceof Error) ? messageOf(error) : error.stack}\n`);
    return 1;
  } finally {
    await log?.close();
  }
}

function requireStandalone(configuration: LoadedConfiguration): void {
  if (configuration.get(standaloneOptions).standalone) return;
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

async function serve(
  start: () => Promise<Running>,
  log: OpenLogger,
  on: ServiceConsole,
): Promise<0 | typeof workLeft> {
  const { logger } = log;
  const signals = listenForSignals(on.signals, {
    isAtTerminal: on.isAtTerminal,
    reopen: () => log.reopen(),
    repeated: (signal) => logger.warning(`${signal} is ignored: the service is stopping already`),
  });
  try {
    const service = await start();
    logger.info(`Listening on ${service.url}`);
    logger.info(`Stopping on ${await signals.stop}`);
    const isDone = await service.stop();
    if (isDone) logger.info('Stopped');
    else logger.error('Stopped with work left: it is taken up at the next start');
    return isDone ? 0 : workLeft;
  } finally {
    signals.end();
  }
}
