import { replacing } from '../database/collision.ts';
import type { Database } from '../database/database.ts';
import { type Clock, type Timestamp, timestampOf } from '../host/clock.ts';
import type { PxeFilterHealth } from './filter-health.ts';

/** How the filter of one conductor does. */
export interface HostHealth extends PxeFilterHealth {
  /** `[DEFAULT]host` of the conductor. */
  readonly host: string;
  /** When it has said so. */
  readonly updatedAt: Timestamp | null;
}

/** Milliseconds: a day. Conductors that have said nothing for so long are no more. */
const longestKept = 24 * 60 * 60 * 1000;

/** What conductors tell of their filters, for the API: the table `pxe_filter_health`. */
export class FilterHealthStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Replaces what the conductor has told before. */
  async save(host: string, health: PxeFilterHealth): Promise<void> {
    const { dialect } = this.#database;
    const now = this.#clock.now();
    const oldest = dialect.encodeTimestamp(timestampOf(new Date(now.getTime() - longestKept)));
    const row = {
      host,
      updated_at: dialect.encodeTimestamp(timestampOf(now)),
      health: JSON.stringify(health),
    };
    await replacing(this.#database, async (transaction) => {
      await transaction.deleteFrom('pxe_filter_health').where('host', '=', host).execute();
      await transaction.deleteFrom('pxe_filter_health').where('updated_at', '<', oldest).execute();
      await transaction.insertInto('pxe_filter_health').values(row).execute();
    });
  }

  /** By host. */
  async list(): Promise<HostHealth[]> {
    const { query, dialect } = this.#database;
    const rows = await query.selectFrom('pxe_filter_health').selectAll().orderBy('host').execute();
    return rows.map(({ host, updated_at, health }) => ({
      ...(JSON.parse(health) as PxeFilterHealth),
      host,
      updatedAt: dialect.decodeTimestamp(updated_at),
    }));
  }
}
