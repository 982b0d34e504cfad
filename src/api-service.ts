import type { LoadedConfiguration } from './config/load-configuration.ts';
import { coordinationNote } from './coordination/coordination-note.ts';
import { liveConductors } from './coordination/live-conductors.ts';
import { dataStoreParts } from './data-store-parts.ts';
import { migrate } from './database/migrate.ts';
import { dataStoreNamed } from './introspection-data/built-ins.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import type { Logger } from './logging/logger.ts';
import { ChangeStore } from './nodes/change-store.ts';
import { NodeStore } from './nodes/node-store.ts';
import { openBareMetal } from './open-bare-metal.ts';
import { FilterHealthStore } from './pxe-filter/filter-health-store.ts';
import { conductorOverAmqp } from './rpc/amqp/conductor-over-amqp.ts';
import { messagingOptions } from './rpc/amqp/messaging-options.ts';
import { openRabbit } from './rpc/amqp/open-rabbit.ts';
import { RabbitCalls } from './rpc/amqp/rabbit-calls.ts';
import { rabbitOptions } from './rpc/amqp/rabbit-options.ts';
import { type RabbitSettings, rabbitSettings } from './rpc/amqp/rabbit-settings.ts';
import type { RunningApi, Surroundings } from './running.ts';
import { serveApi } from './serve-api.ts';
import { onDatabase, type ServiceParts } from './service-parts.ts';
import { stopInOrder, stopOptions, stopPatience } from './stop-in-order.ts';

/**
 * The API by itself, as `[DEFAULT]standalone = false` asks for. What it can read it answers itself; whatever works on
 * a node goes to a conductor. Neither the broker nor a conductor need be there yet.
 *
 * @throws InspectorError for a configuration that does not work, or a port or file that cannot be had.
 */
export function startApiService(
  config: LoadedConfiguration,
  log: Logger,
  surroundings: Surroundings = {},
): Promise<RunningApi> {
  const settings = rabbitSettings(config.get(messagingOptions), config.get(rabbitOptions));
  return onDatabase(config, log, surroundings, async (parts) => {
    await migrate(parts.database, log);
    return startOn(parts, settings);
  });
}

async function startOn(parts: ServiceParts, settings: RabbitSettings): Promise<RunningApi> {
  const { config, log, clock, proxies, database, plugins } = parts;
  log.info(coordinationNote);
  const data = dataStoreNamed(
    config.get(dataStoreOptions).store_data,
    dataStoreParts({ database, config, log, clock, proxies }),
    plugins.dataStores,
  );
  const bareMetal = openBareMetal({ config, database, clock, log, proxies });
  log.info(`Bare metal service: ${await bareMetal.describe()}`);
  const connection = openRabbit(settings, 'ironic-inspector-api', log);
  const calls = new RabbitCalls(connection, settings.exchange);
  const conductor = conductorOverAmqp({
    calls,
    conductors: { hosts: () => liveConductors(database) },
    responseTimeout: settings.responseTimeout,
    log,
  });
  const nodes = new NodeStore(database, clock);
  const changes = new ChangeStore(database);
  const pxeFilters = new FilterHealthStore(database, clock);
  try {
    const api = await serveApi(parts, { nodes, changes, data, bareMetal, conductor, pxeFilters });
    return {
      url: api.url,
      status: `Listening on ${api.url}`,
      reload: () => api.reload(),
      stop: () =>
        stopInOrder(
          [
            ...api.stopping,
            { waitsFor: 'calls to conductors', stop: () => calls.close() },
            { waitsFor: 'the message broker', stop: () => connection.close() },
            { waitsFor: 'the bare metal service', stop: () => bareMetal.close() },
            { waitsFor: 'the data store', stop: async () => data.close?.() },
            { waitsFor: 'the plug-ins', stop: () => plugins.close() },
            { waitsFor: 'the database', stop: () => database.close() },
          ],
          log,
          stopPatience(config.get(stopOptions)),
        ),
    };
  } catch (error) {
    connection.unsafeDestroy();
    throw error;
  }
}
