import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { referenceMigrations } from './built-ins.ts';

describe('the migrations of the reference history', () => {
  it('are the files of the folder, each called by its revision', () => {
    const files = readdirSync(import.meta.dirname).filter((file) =>
      /^[0-9a-f]{4,12}-.*(?<!\.test)\.ts$/.test(file),
    );

    const revisions = files.map((file) => file.slice(0, file.indexOf('-')));
    assert.deepEqual(revisions.toSorted(), referenceMigrations.map(({ revision }) => revision).toSorted());
  });

  it('say when they were made', () => {
    for (const { created } of referenceMigrations)
      assert.match(created, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/);
  });
});
