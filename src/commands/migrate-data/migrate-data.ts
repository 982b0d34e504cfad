import type { LoadedConfiguration } from '../../config/load-configuration.ts';
import { dataStoreParts } from '../../data-store-parts.ts';
import type { Database } from '../../database/database.ts';
import { databaseOptions } from '../../database/database-options.ts';
import { openDatabase } from '../../database/open-database.ts';
import { systemClock } from '../../host/clock.ts';
import { dataStoreNamed } from '../../introspection-data/built-ins.ts';
import type { DataStore } from '../../introspection-data/data-store.ts';
import { proxiesOf } from '../../keystone/proxies.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ServiceConsole } from '../service-console.ts';
import { closeAll } from './close-all.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';
import { migrateRecord, type Outcome, type Stores } from './migrate-record.ts';
import { migrateRecords } from './migrate-records.ts';
import type { StoreName } from './migration-arguments.ts';
import { nodeUuids } from './node-uuid-store.ts';
import { progressTeller } from './progress.ts';
import { type DataRecord, recordName } from './record.ts';
import { details, summary, type Tally } from './tally.ts';

/** What the migration works with. */
export interface MigrationParts {
  readonly configuration: LoadedConfiguration;
  readonly log: Logger;
  readonly on: ServiceConsole;
}

/** Records at work at once: enough to hide the way to Swift and back, few enough to hold a document each. */
const concurrency = 8;

/** Nobody has such a node; asking for its data shows whether a store answers at all. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Copies all records, prints the summary and tells the progress.
 *
 * @returns 0 when every record is at the target, 1 when not, 130 when interrupted
 * @throws InspectorError when a store or the database cannot be used
 */
export async function migrateData(
  names: { readonly from: StoreName; readonly to: StoreName },
  { configuration, log, on }: MigrationParts,
): Promise<number> {
  const interruption = listenForInterruption(on);
  let database: Database | undefined;
  const opened: DataStore[] = [];
  try {
    database = await openDatabase(configuration.get(databaseOptions), log);
    const proxies = proxiesOf(on.environment);
    const parts = dataStoreParts({ database, config: configuration, log, clock: systemClock, proxies });
    const open = (name: StoreName) => {
      const store = dataStoreNamed(name, parts);
      opened.push(store);
      return store;
    };
    const stores = { source: open(names.from), target: open(names.to) };
    return await copyAll(stores, database, { log, on, interruption });
  } finally {
    interruption.end();
    await closeAll([...opened, ...(database === undefined ? [] : [database])], log);
  }
}

interface CopyParts extends Omit<MigrationParts, 'configuration'> {
  readonly interruption: Interruption;
}

async function copyAll(stores: Stores, database: Database, parts: CopyParts): Promise<number> {
  const { log, on, interruption } = parts;
  const nodes = nodeUuids(database);
  const total = 2 * (await nodes.count());
  for (const store of [stores.source, stores.target]) await store.digest(nobody, 'processed');
  const told = progressTeller(total, { now: () => performance.now(), tell: on.tell });
  const tally = await migrateRecords({
    uuids: nodes.all(),
    migrate: (record) => migrateRecord(stores, record),
    told: (record, outcome, soFar) => {
      logOutcome(log, record, outcome);
      told(soFar);
    },
    signal: interruption.signal,
    concurrency,
  });
  on.tell(details(tally));
  if (interruption.signal.aborted) {
    on.tell('... terminating migration tool\n');
    return 130;
  }
  return finished(tally, on);
}

function finished(tally: Tally, { write }: ServiceConsole): number {
  write(summary(tally));
  return tally.failed.length === 0 ? 0 : 1;
}

function logOutcome(log: Logger, record: DataRecord, outcome: Outcome): void {
  const name = recordName(record);
  if (outcome.kind === 'failed')
    log.error(`Introspection data of ${name} was not migrated: ${outcome.reason}`);
  else log.debug(`Introspection data of ${name}: ${outcome.kind}`);
}
