import { randomUUID } from 'node:crypto';
import { replacing } from '../database/collision.ts';
import type { Database, Queries } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import type { NodesTable } from '../database/tables.ts';
import type { Timestamp } from '../host/clock.ts';
import { insertAttributes, type LookupAttributes } from './attribute-rows.ts';
import { deleteBelongings, stateOf } from './node-rows.ts';
import { type Event, requireTransition, type State } from './states.ts';
import type { WorkInFlight } from './work-in-flight.ts';
import { replaceWorkRow } from './work-in-flight-rows.ts';

/** A new introspection, from `start` or from a machine that called back unasked. */
export interface Registration {
  readonly state: State;
  readonly manageBoot: boolean;
  readonly attributes?: LookupAttributes;
  readonly work?: WorkInFlight;
  /** What else is to be written in the same transaction, which may run again; a throw undoes all of it. */
  readonly alongside?: (transaction: Queries) => Promise<void>;
}

/** Whose introspection begins, how, and when. */
export interface NewIntrospection {
  readonly uuid: string;
  readonly registration: Registration;
  /** What the state of an earlier introspection must accept; any state will do where it is left out. */
  readonly event: Event | undefined;
  readonly now: Timestamp;
}

/**
 * Writes the row of a new introspection in place of the one that there is, and of what belongs to it.
 *
 * @throws InspectorError `invalid` when the state of the row does not accept the event, also where another
 *   writer begins an introspection of the node at the same time.
 */
export async function registerNode(database: Database, begun: NewIntrospection): Promise<NodesTable> {
  const { dialect } = database;
  const { uuid, registration, event, now } = begun;
  const row: NodesTable = {
    uuid,
    version_id: randomUUID(),
    state: registration.state,
    started_at: dialect.encodeTimestamp(now),
    finished_at: null,
    error: null,
    manage_boot: dialect.encodeBoolean(registration.manageBoot),
  };
  await replacing(database, async (transaction) => {
    const existing = await heldNode(transaction, uuid);
    // This runs again, and the run before it was stored after all.
    if (existing?.version_id === row.version_id) return;
    if (existing !== undefined && event !== undefined) requireTransition(stateOf(existing), event);
    if (existing === undefined) {
      await transaction.insertInto('nodes').values(row).execute();
    } else {
      // Written over and not made anew, so that who waits for the row finds this one.
      await transaction.updateTable('nodes').set(row).where('uuid', '=', uuid).execute();
      await deleteBelongings(transaction, uuid);
    }
    await insertAttributes(transaction, uuid, registration.attributes ?? {});
    const work = { work: registration.work ?? null, now, versionId: row.version_id ?? '' };
    await replaceWorkRow(database, transaction, uuid, work);
    await registration.alongside?.(transaction);
  });
  return row;
}
