import { hostname } from 'node:os';
import { startAllInOne } from '../all-in-one.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import { openConfiguredLogger } from '../config/open-configured-logger.ts';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import { standaloneOptions } from '../standalone-options.ts';
import { configurationOf } from './configuration-of.ts';
import { packageVersion } from './package-version.ts';
import { parseServiceArguments } from './service-arguments.ts';
import { untilToldToStop } from './stop-signals.ts';

const program = 'ironic-inspector';

/**
 * The all-in-one service: API and conductor in one process, until a signal stops it.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  const description = 'Hardware introspection for bare metal: API and conductor in one process.';
  const given = parseServiceArguments(program, description, packageVersion(), argv);
  if ('exitCode' in given) return given.exitCode;
  let log: OpenLogger | undefined;
  try {
    const configuration = configurationOf(program, given);
    requireStandalone(configuration);
    log = openConfiguredLogger(configuration.get(loggingOptions), { program, hostname: hostname() });
    return await serve(configuration, log);
  } catch (error) {
    log?.logger.critical(
      `Could not start: ${messageOf(error)}`,
      error instanceof InspectorError ? {} : { error },
    );
    console.error(error instanceof InspectorError ? error.message : error);
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

async function serve(configuration: LoadedConfiguration, log: OpenLogger): Promise<number> {
  for (const warning of configuration.warnings) log.logger.warning(warning);
  for (const line of configuration.dump()) log.logger.debug(line);
  const stop = untilToldToStop({ hangUp: () => log.reopen() });
  const service = await startAllInOne(configuration, log.logger);
  log.logger.info(`Listening on ${service.url}`);
  const signal = await stop;
  log.logger.info(`Stopping on ${signal}`);
  if (await service.stop()) return 0;
  log.logger.error('Stopped with work left: it is taken up at the next start');
  await log.close();
  // The work that is left would keep the process alive.
  return process.exit(1);
}
