import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { KyselyPlugin, QueryId } from 'kysely';
import { forEachEngine } from '../../../testing/database-engines.ts';
import { schemaCatalogue } from '../../../testing/schema-catalogue.ts';
import { settableClock } from '../../../testing/settable-clock.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import { silentLogger } from '../../logging/logger.ts';
import type { Database } from '../database.ts';
import { upgrade } from '../migrate.ts';
import type { MigrationQueries } from './migration.ts';

class Crash extends Error {}

/** Throws after each statement that writes and that it has not seen before, once it has taken effect. */
function crashingAfterEachWrite(): KyselyPlugin & { readonly crashes: number } {
  const running = new Map<QueryId, string>();
  const seen = new Set<string>();
  return {
    get crashes() {
      return seen.size;
    },
    transformQuery({ node, queryId }) {
      const text = JSON.stringify(node);
      if (/"sqlFragments":\["\s*(?:alter|create|drop|update|insert|delete)\b/i.test(text)) {
        running.set(queryId, text);
      }
      return node;
    },
    async transformResult({ result, queryId }) {
      const text = running.get(queryId);
      if (text === undefined || seen.has(text)) return result;
      seen.add(text);
      throw new Crash(text);
    },
  };
}

async function fill(database: Database): Promise<void> {
  const query = database.query as unknown as MigrationQueries;
  const insert = (table: string, row: Record<string, unknown>) =>
    query.insertInto(table).values(row).execute();
  await insert('nodes', { uuid: 'a', started_at: 1232, finished_at: 1234 });
  await insert('nodes', { uuid: 'b', started_at: null, error: 'broken' });
  await insert('attributes', { name: 'mac', value: '1', uuid: 'a' });
  await insert('attributes', { name: 'mac', value: '2', uuid: 'a' });
  await insert('attributes', { name: 'mac', value: '3', uuid: null });
}

async function contents({ query }: Database) {
  const nodes = await query.selectFrom('nodes').selectAll().orderBy('uuid').execute();
  const attributes = await query.selectFrom('attributes').select(['name', 'value', 'node_uuid']).execute();
  return {
    nodes: nodes.map((row) => JSON.stringify({ ...row })),
    attributes: attributes.map((row) => Object.values(row).join()).toSorted(),
  };
}

const clock = settableClock('2026-11-22T13:36:35.000Z');

forEachEngine('an upgrade that is interrupted after any of its statements', (engine) => {
  it('comes to the same end when it is begun again', async (t) => {
    const straight = await openTestDatabase(await engine.emptyDatabase());
    const interrupted = await openTestDatabase(await engine.emptyDatabase());
    t.after(() => Promise.all([straight.close(), interrupted.close()]));
    for (const database of [straight, interrupted]) {
      await upgrade(database, silentLogger(), '578f84f38d');
      await fill(database);
    }
    const plugin = crashingAfterEachWrite();
    const crashing = { ...interrupted, query: interrupted.query.withPlugin(plugin) };

    await upgrade(straight, silentLogger(), 'heads', clock);
    for (let ended = false; !ended; ) {
      ended = await upgrade(crashing, silentLogger(), 'heads', clock).then(
        () => true,
        (error) => {
          if (error instanceof Crash) return false;
          throw error;
        },
      );
    }

    assert.ok(plugin.crashes > 30, `${plugin.crashes} crashes`);
    assert.deepEqual(await schemaCatalogue(interrupted), await schemaCatalogue(straight));
    assert.deepEqual(await contents(interrupted), await contents(straight));
    const { attributes } = await contents(interrupted);
    assert.deepEqual(attributes, ['mac,1,a', 'mac,2,a', 'mac,3,']);
  });
});
