import { randomUUID } from 'node:crypto';
import type { Database, Queries } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isLive, liveHosts, type Readable } from './conductor-rows.ts';

/** The lock that the leader has; no node is called so. */
export const leadership = 'leader';

/** Who takes locks. */
export interface Holder {
  readonly token: string;
  /** Takes no other conductor for dead whose place is still there, however long ago its lease ran out. */
  readonly lenient: boolean;
}

/**
 * Takes a lock that is free, or that of a dead conductor. False when a live one has it. One that the holder has
 * already is taken again: who does not want that keeps its own workers apart.
 *
 * @throws InspectorError `unavailable` when the holder's own lease has run out.
 */
export async function takeLock(database: Database, name: string, holder: Holder): Promise<boolean> {
  const { dialect } = database;
  try {
    return await database.transaction(async (transaction) => {
      if (!(await isLive(transaction, dialect, holder.token))) throw placeLost();
      const rows = transaction.selectFrom('conductor_locks').select('holder').where('name', '=', name);
      const other = (await rows.executeTakeFirst())?.holder;
      if (other === holder.token) return true;
      if (other === undefined) {
        await transaction.insertInto('conductor_locks').values({ name, holder: holder.token }).execute();
        return true;
      }
      if (await isLive(transaction, dialect, other, holder)) return false;
      return takeOver(transaction, { name, from: other, to: holder.token });
    });
  } catch (error) {
    // Another conductor was quicker.
    if (dialect.isUniqueViolation(error)) return false;
    throw error;
  }
}

async function takeOver(
  transaction: Queries,
  { name, from, to }: { name: string; from: string; to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('conductor_locks')
    .set({ holder: to })
    .where('name', '=', name)
    .where('holder', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await fenceNode(transaction, name);
  return true;
}

/**
 * Gives the node a new version, and its work in flight with it. A holder that was only paused has read the old
 * one, so whatever it still wants to write is refused.
 */
async function fenceNode(transaction: Queries, uuid: string): Promise<void> {
  const node = await heldNode(transaction, uuid);
  if (node === undefined) return;
  const version = { version_id: randomUUID() };
  await transaction.updateTable('nodes').set(version).where('uuid', '=', uuid).execute();
  if (node.version_id === null) return;
  await transaction
    .updateTable('work_in_flight')
    .set(version)
    .where('node_uuid', '=', uuid)
    .where('version_id', '=', node.version_id)
    .execute();
}

/** Gives a lock back, unless somebody else has taken it over. */
export async function giveLockBack(query: Queries, name: string, token: string): Promise<void> {
  await query.deleteFrom('conductor_locks').where('name', '=', name).where('holder', '=', token).execute();
}

/** All locks, and whether their holder lives; `lenient` as for a `Holder`. */
export async function lockStates(
  { query, dialect }: Readable,
  { lenient }: Pick<Holder, 'lenient'>,
): Promise<{ readonly name: string; readonly holder: string; readonly live: boolean }[]> {
  const rows = query
    .selectFrom('conductor_locks')
    .leftJoin('conductors', (join) => {
      const same = join.onRef('conductors.token', '=', 'conductor_locks.holder');
      return lenient ? same : same.on('conductors.expires_at', '>', dialect.serverNow);
    })
    .select(['conductor_locks.name', 'conductor_locks.holder', 'conductors.host']);
  return (await rows.execute()).map(({ name, holder, host }) => ({ name, holder, live: host !== null }));
}

/** True when a conductor other than the holder has the lock, and lives. */
export async function isTakenFrom(
  { query, dialect }: Readable,
  name: string,
  { token, lenient }: Holder,
): Promise<boolean> {
  const rows = query.selectFrom('conductor_locks').select('holder').where('name', '=', name);
  const other = (await rows.executeTakeFirst())?.holder;
  return other !== undefined && other !== token && isLive(query, dialect, other, { lenient });
}

/** Whether the lock is that of the conductor with this token, and its lease runs. */
export async function isHeldBy({ query, dialect }: Readable, name: string, token: string): Promise<boolean> {
  const rows = query
    .selectFrom('conductor_locks')
    .innerJoin('conductors', 'conductors.token', 'conductor_locks.holder')
    .select('conductors.host')
    .where('conductor_locks.name', '=', name)
    .where('conductor_locks.holder', '=', token)
    .where('conductors.expires_at', '>', dialect.serverNow);
  return (await rows.executeTakeFirst()) !== undefined;
}

/** What a conductor whose lease has run out says to whoever asks it for work. */
function placeLost(): InspectorError {
  return new InspectorError(
    'unavailable',
    'This conductor has lost its place among the others for the moment, try again later',
  );
}

/** Removes all conductors and what they held, unless one of them lives. False when one does. */
export async function clearAway(database: Database): Promise<boolean> {
  const { dialect } = database;
  return database.transaction(async (transaction) => {
    if ((await liveHosts({ query: transaction, dialect })).length > 0) return false;
    const locks = await transaction.selectFrom('conductor_locks').select('name').execute();
    for (const { name } of locks) await fenceNode(transaction, name);
    await transaction.deleteFrom('conductor_locks').execute();
    await transaction.deleteFrom('conductors').execute();
    return true;
  });
}
