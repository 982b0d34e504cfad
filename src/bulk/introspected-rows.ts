import type { Queries } from '../database/database.ts';
import type { Introspected } from './choose-nodes.ts';

/** Rows read at a time. */
const pageSize = 1000;

/** Which nodes have been introspected, and for which of them that failed, read page by page. */
export async function introspectedNodes(query: Queries): Promise<Introspected> {
  const known = new Set<string>();
  const failed = new Set<string>();
  for (let after = ''; ; ) {
    const page = await query
      .selectFrom('nodes')
      .select(['uuid', 'state'])
      .where('uuid', '>', after)
      .orderBy('uuid')
      .limit(pageSize)
      .execute();
    for (const { uuid, state } of page) {
      known.add(uuid);
      if (state === 'error') failed.add(uuid);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return { known, failed };
    after = last.uuid;
  }
}
