import { join } from 'node:path';
import { startAllInOne } from '../src/all-in-one.ts';
import { readConfiguration } from '../src/configuration.ts';
import type { Logger } from '../src/logging/logger.ts';
import type { RunningApi } from '../src/running.ts';
import { serviceConfiguration } from './service-configuration.ts';

/**
 * The whole service with the built-in registry on a free port of the loopback, with its database in the given
 * folder. For tests with clients that are programs of their own.
 *
 * @param options Further lines of the configuration file, which win.
 */
export async function startRealService(folder: string, log: Logger, options = ''): Promise<RunningApi> {
  const text = `${serviceConfiguration(join(folder, 'service.sqlite'))}\n${options}\n`;
  return startAllInOne(readConfiguration({ files: [{ path: join(folder, 'service.conf'), text }] }), log);
}
