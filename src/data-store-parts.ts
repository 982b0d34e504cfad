import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import type { Database } from './database/database.ts';
import type { Clock } from './host/clock.ts';
import type { DataStoreParts } from './introspection-data/built-ins.ts';
import { clientSettings } from './keystone/client-settings.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { Logger } from './logging/logger.ts';
import { openSwift } from './swift/open-swift.ts';
import { swiftOptions } from './swift/swift-options.ts';

/** What the stores of introspection data are made from. */
interface Surroundings {
  readonly database: Database;
  readonly config: LoadedConfiguration;
  readonly log: Logger;
  readonly clock: Clock;
  readonly proxies?: Proxies | undefined;
}

/** The parts of every store, as the configuration wants them; Swift is opened for the store that needs it. */
export function dataStoreParts({ database, config, log, clock, proxies }: Surroundings): DataStoreParts {
  return {
    database,
    openSwift: () =>
      openSwift(clientSettings(config, swiftOptions), {
        now: () => clock.now(),
        wait: (milliseconds) => sleep(milliseconds),
        random: Math.random,
        log,
        proxies,
      }),
  };
}
