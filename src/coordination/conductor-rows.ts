import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import type { DatabaseDialect } from '../database/dialect.ts';

/** Where rows are read. */
export type Readable = Pick<Database, 'query' | 'dialect'>;

/** A place among the conductors. */
export interface Place {
  readonly host: string;
  readonly token: string;
  /** Seconds. */
  readonly lease: number;
}

/** The hosts whose lease has not run out, sorted. */
export async function liveHosts({ query, dialect }: Readable): Promise<string[]> {
  const rows = query.selectFrom('conductors').select('host').where('expires_at', '>', dialect.serverNow);
  return (await rows.orderBy('host').execute()).map((row) => row.host);
}

/** When the lease under this host ends, as the database holds it; `undefined` where nobody is registered. */
export async function leaseOf({ query }: Readable, host: string): Promise<string | undefined> {
  const rows = query.selectFrom('conductors').select('expires_at').where('host', '=', host);
  const row = await rows.executeTakeFirst();
  return row === undefined ? undefined : String(row.expires_at);
}

/** Registers a conductor in place of a dead one. False when a live one has the host. */
export async function addConductor(database: Database, { host, token, lease }: Place): Promise<boolean> {
  const { dialect } = database;
  return replacing(database, async (transaction) => {
    const expiry = { expires_at: dialect.serverTimeIn(lease) };
    const { numUpdatedRows } = await transaction
      .updateTable('conductors')
      .set({ token, ...expiry })
      .where('host', '=', host)
      .where((row) => row.or([row('token', '=', token), row('expires_at', '<=', dialect.serverNow)]))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) {
      const rows = transaction.selectFrom('conductors').select('token').where('host', '=', host);
      if ((await rows.executeTakeFirst()) !== undefined) return false;
      await transaction
        .insertInto('conductors')
        .values({ host, token, ...expiry })
        .execute();
    }
    return true;
  });
}

/**
 * Renews a lease. `late`: it had run out, and was renewed before anybody else took the place. `lost`: the place is
 * no more, or somebody else's.
 */
export async function renewLease(
  database: Database,
  { host, token, lease }: Place,
): Promise<'kept' | 'late' | 'lost'> {
  const { dialect } = database;
  // This may run again after a first run that was stored.
  let wasLate = false;
  return database.transaction(async (transaction) => {
    const mine = transaction
      .updateTable('conductors')
      .set({ expires_at: dialect.serverTimeIn(lease) })
      .where('host', '=', host)
      .where('token', '=', token);
    const { numUpdatedRows: inTime } = await mine
      .where('expires_at', '>', dialect.serverNow)
      .executeTakeFirst();
    if (inTime > 0n) return wasLate ? 'late' : 'kept';
    const { numUpdatedRows } = await mine.executeTakeFirst();
    wasLate = numUpdatedRows > 0n;
    return wasLate ? 'late' : 'lost';
  });
}

/** Whether the lease of the conductor with this token runs; with `lenient`, whether it has a place at all. */
export async function isLive(
  query: Queries,
  dialect: DatabaseDialect,
  token: string,
  { lenient = false }: { lenient?: boolean } = {},
): Promise<boolean> {
  const rows = query.selectFrom('conductors').select('host').where('token', '=', token);
  const live = lenient ? rows : rows.where('expires_at', '>', dialect.serverNow);
  return (await live.executeTakeFirst()) !== undefined;
}

/** Removes the place with this token. */
export async function removeConductor(query: Queries, token: string): Promise<void> {
  await query.deleteFrom('conductors').where('token', '=', token).execute();
}

/** Removes places whose lease has run out, and that nothing is held under any longer. */
export async function removeDeadConductors({ query, dialect }: Readable): Promise<void> {
  await query
    .deleteFrom('conductors')
    .where('expires_at', '<=', dialect.serverNow)
    .where('token', 'not in', query.selectFrom('conductor_locks').select('holder'))
    .execute();
}
