import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import { digestOf } from '../json/digest-of.ts';
import type { LookupFailure, RememberedFailure } from './lookup-failure.ts';

/** Machines that are remembered; anybody can call back, so that there is a limit. */
const mostRemembered = 100;

/** Milliseconds: a week. */
const longestRemembered = 7 * 24 * 60 * 60 * 1000;

/** Look-ups that failed, each machine once: the table `lookup_failures`. */
export class LookupFailureStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Remembers one. Old ones go, and those beyond the hundred that failed last. */
  async add(failure: LookupFailure): Promise<void> {
    const digest = digestOf(JSON.stringify(failure.attributes));
    const { dialect } = this.#database;
    const now = this.#clock.now();
    const failedAt = dialect.encodeTimestamp(timestampOf(now));
    const oldest = dialect.encodeTimestamp(timestampOf(new Date(now.getTime() - longestRemembered)));
    await replacing(this.#database, async (transaction) => {
      const same = transaction.selectFrom('lookup_failures').select('times').where('digest', '=', digest);
      const times = ((await same.executeTakeFirst())?.times ?? 0) + 1;
      await transaction.deleteFrom('lookup_failures').where('digest', '=', digest).execute();
      await transaction.deleteFrom('lookup_failures').where('failed_at', '<', oldest).execute();
      await makeRoom(transaction);
      const row = { digest, failed_at: failedAt, times, document: JSON.stringify(failure) };
      await transaction.insertInto('lookup_failures').values(row).execute();
    });
  }

  /** The last week's, the newest first. */
  async list(): Promise<RememberedFailure[]> {
    const { query, dialect } = this.#database;
    const oldest = new Date(this.#clock.now().getTime() - longestRemembered);
    const rows = await query
      .selectFrom('lookup_failures')
      .selectAll()
      .where('failed_at', '>=', dialect.encodeTimestamp(timestampOf(oldest)))
      .orderBy('failed_at', 'desc')
      .orderBy('digest')
      .execute();
    return rows.map(({ failed_at, times, document }) => ({
      ...(JSON.parse(document) as LookupFailure),
      failedAt: dialect.decodeTimestamp(failed_at),
      times,
    }));
  }
}

async function makeRoom(query: Queries): Promise<void> {
  const newestFirst = query.selectFrom('lookup_failures').select('digest').orderBy('failed_at', 'desc');
  const rows = await newestFirst.orderBy('digest').execute();
  const digests = rows.slice(mostRemembered - 1).map(({ digest }) => digest);
  if (digests.length > 0) await query.deleteFrom('lookup_failures').where('digest', 'in', digests).execute();
}
