import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrationName } from './migration-name.ts';

describe('the name of a migration', () => {
  for (const [title, name] of [
    ['Add boot mode to nodes', 'addBootModeToNodes'],
    ['add nodes.boot_mode', 'addNodesBootMode'],
    ["don't keep it", 'dontKeepIt'],
    ['Überprüfung', 'uberprufung'],
    ['delete', 'migrationDelete'],
    ['migration', 'migrationMigration'],
    ['2 new columns', 'migration2NewColumns'],
    ['', 'migration'],
    ['表を追加', 'migration'],
    ["'; DROP TABLE nodes; --", 'dropTableNodes'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ] as const) {
    it(`is ${name.slice(0, 30)} for ${JSON.stringify(title.slice(0, 30))}`, () => {
      assert.equal(migrationName(title), name);
    });
  }
});
