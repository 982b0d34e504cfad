import { isClaimed } from '../database/claim-database.ts';
import type { Database } from '../database/database.ts';
import { addConductor, type Place, removeConductor } from './conductor-rows.ts';

/** What keeps a conductor from its place. */
export type Obstacle = 'same host' | 'all-in-one';

/**
 * Takes the place, or says what is in the way. An all-in-one service makes its claim first and then looks for
 * conductors, and a conductor is registered first and then looks for the claim: so one of the two sees the other.
 */
export async function takePlace(database: Database, place: Place): Promise<Obstacle | undefined> {
  if (await isClaimed(database)) return 'all-in-one';
  if (!(await addConductor(database, place))) return 'same host';
  if (!(await isClaimed(database))) return undefined;
  await removeConductor(database.query, place.token);
  return 'all-in-one';
}
