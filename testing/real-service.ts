import { join } from 'node:path';
import { type Running, startAllInOne } from '../src/all-in-one.ts';
import { readConfiguration } from '../src/configuration.ts';
import type { Logger } from '../src/logging/logger.ts';

/**
 * The whole service with the built-in registry, as `example.conf` sets it up, on a free port of the loopback
 * and with its database in the given folder. For tests with clients that are programs of their own.
 */
export async function startRealService(folder: string, log: Logger): Promise<Running> {
  const text = [
    '[DEFAULT]',
    'listen_address = 127.0.0.1',
    'listen_port = 0',
    'auth_strategy = noauth',
    '[bare_metal]',
    'service = registry',
    '[database]',
    `connection = sqlite:///${join(folder, 'service.sqlite')}`,
    '[processing]',
    'store_data = database',
    '[pxe_filter]',
    'driver = noop',
  ].join('\n');
  const files = [{ path: join(folder, 'service.conf'), text }];
  return startAllInOne(readConfiguration({ files }), log);
}
