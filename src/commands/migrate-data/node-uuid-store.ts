import type { Database } from '../../database/database.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';

/** The UUIDs of all nodes that the service knows, a page at a time. */
export interface NodeUuids {
  count(): Promise<number>;
  /** In the database's order; nodes that come or go meanwhile are met or missed, and none is met twice. */
  all(pageSize?: number): AsyncGenerator<string, void>;
}

/**
 * Over the table `nodes`, which is only read.
 *
 * @throws InspectorError `unavailable` from both, where there is no such table or no database.
 */
export function nodeUuids(database: Database): NodeUuids {
  const failed = (cause: unknown) =>
    new InspectorError(
      'unavailable',
      `Cannot read the nodes in the database ${database.location}: ${messageOf(cause)}. Check [database]connection, ` +
        'and that ironic-inspector-dbsync upgrade has been run on it',
      { cause },
    );
  return {
    async count() {
      const counted = database.query.selectFrom('nodes').select((select) => select.fn.countAll().as('total'));
      const row = await counted.executeTakeFirst().catch((cause: unknown) => {
        throw failed(cause);
      });
      return Number(row?.total ?? 0);
    },
    async *all(pageSize = 1000) {
      let last: string | undefined;
      for (;;) {
        const page = await pageAfter(database, last, pageSize).catch((cause: unknown) => {
          throw failed(cause);
        });
        yield* page;
        last = page.at(-1);
        if (page.length < pageSize) return;
      }
    },
  };
}

async function pageAfter(database: Database, last: string | undefined, size: number): Promise<string[]> {
  const nodes = database.query.selectFrom('nodes').select('uuid').orderBy('uuid').limit(size);
  const rows = await (last === undefined ? nodes : nodes.where('uuid', '>', last)).execute();
  return rows.map(({ uuid }) => uuid);
}
