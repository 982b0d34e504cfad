import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { policyFoldersOf } from './policy-folders.ts';

describe('policyFoldersOf', () => {
  it('has the given directories, then those of the files, the last first, then the usual ones', () => {
    const folders = policyFoldersOf(
      { configuration: [{ directory: 'conf.d' }, { file: '/a/x.conf' }] },
      ['/work/conf.d/z.conf', '/a/x.conf', '/b/y.conf'],
      { workingDirectory: '/work', home: '/home/me', environment: {} },
    );

    assert.deepEqual(folders.slice(0, 4), ['/work/conf.d', '/b', '/a', '/home/me/.ironic-inspector']);
    assert.equal(new Set(folders).size, folders.length);
  });
});
