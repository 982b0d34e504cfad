import type { Queries } from '../database/database.ts';
import type { Pace } from './pace.ts';

/** The row's name; the boot servers are the same for all runs. */
const name = 'boot';

/** The pace that was found out; `undefined` before the first run. */
export async function readPace(query: Queries): Promise<Pace | undefined> {
  const row = await query.selectFrom('bulk_pace').select('pace').where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.pace) as Pace);
}

/** Writes it over the one that there is. */
export async function writePace(query: Queries, pace: Pace): Promise<void> {
  await query.deleteFrom('bulk_pace').where('name', '=', name).execute();
  await query
    .insertInto('bulk_pace')
    .values({ name, pace: JSON.stringify(pace) })
    .execute();
}
