import assert from 'node:assert/strict';
import { it } from 'node:test';
import { currentRevisions, upgrade } from '../../src/database/migrate.ts';
import { referenceMigrations } from '../../src/database/migrations/reference/built-ins.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { forEachEngine } from '../../testing/database-engines.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { originalPackages, runOriginalDbsync } from '../../testing/original-service.ts';
import { schemaCatalogue } from '../../testing/schema-catalogue.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openTestDatabase } from '../../testing/test-database.ts';

const skip = skipWithout(originalPackages);

forEachEngine('the tables at each revision', (engine) => {
  it("are those that the original's own dbsync leaves", { skip }, async (t) => {
    const folder = temporaryFolder().path;
    const connections = { original: await engine.emptyDatabase(), ours: await engine.emptyDatabase() };
    const ours = await openTestDatabase(connections.ours);
    t.after(() => ours.close());

    for (const { revision } of referenceMigrations) {
      const outcome = await runOriginalDbsync(
        folder,
        connections.original,
        'upgrade',
        '--revision',
        revision,
      );
      assert.equal(outcome.code, 0, outcome.stderr);
      await upgrade(ours, silentLogger(), revision);

      const original = await openTestDatabase(connections.original);
      try {
        assert.deepEqual(await schemaCatalogue(ours), await schemaCatalogue(original), revision);
        assert.deepEqual(await currentRevisions(ours), { reference: revision, own: null });
        assert.deepEqual(await currentRevisions(original), { reference: revision, own: null });
      } finally {
        await original.close();
      }
    }
  });
});
