import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { dbsyncProcess } from './dbsync-console.ts';

describe('dbsyncProcess', () => {
  it('knows the folders of the sources', () => {
    const { reference, own, areSources } = dbsyncProcess().migrations;

    assert.ok(areSources);
    assert.ok(existsSync(join(own, 'built-ins.ts')));
    assert.ok(readdirSync(reference).some((name) => name.startsWith('b55109d5063a-')));
  });

  it('makes revisions of 12 hexadecimal digits', () => {
    const { newRevision } = dbsyncProcess();

    assert.match(newRevision(), /^[0-9a-f]{12}$/);
    assert.notEqual(newRevision(), newRevision());
  });

  it('writes files', () => {
    const path = join(temporaryFolder().path, 'a');

    dbsyncProcess().writeFile(path, 'text');

    assert.equal(readFileSync(path, 'utf8'), 'text');
  });

  it('runs an editor, and tells how it failed', () => {
    const { edit } = dbsyncProcess();

    edit('/bin/true', 'a');
    assert.throws(() => edit('/bin/false', 'a'), /^Error: \/bin\/false a ended with exit status 1$/);
    assert.throws(() => edit('/no/such/editor', 'a'), /ENOENT/);
  });
});
