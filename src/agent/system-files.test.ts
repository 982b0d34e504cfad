import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { openMachine } from './machine.ts';
import { newNotes } from './notes.ts';
import { systemFiles, wholeNumber } from './system-files.ts';

describe('system files', () => {
  it('gives the text of a file without blanks and NULs around it', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/device-tree/model': Buffer.from('Board 4\0'),
      '/sys/empty': ' ',
    });
    const { files } = openMachine(fakeSurroundings(tree));

    assert.equal(files.text('/proc/device-tree/model'), 'Board 4');
    assert.equal(files.text('/sys/empty'), null);
  });

  it('gives null, an empty list or false for what is not there', (t) => {
    const { files, notes } = openMachine(fakeSurroundings(fakeSysfs(t)));

    assert.equal(files.text('/sys/missing', 'some fact'), null);
    assert.equal(files.bytes('/sys/missing'), null);
    assert.equal(files.number('/sys/missing'), null);
    assert.deepEqual(files.names('/sys/missing'), []);
    assert.equal(files.link('/sys/missing'), null);
    assert.equal(files.linkName('/sys/missing'), null);
    assert.equal(files.isDirectory('/sys/missing'), false);
    assert.equal(files.exists('/sys/missing'), false);
    assert.deepEqual(notes.all(), []);
  });

  it('leaves a note when the permission lacks for a named fact, once', (t) => {
    const tree = fakeSysfs(t).files({ '/sys/secret': 'x' });
    const { files, notes } = openMachine(fakeSurroundings(tree, { denied: ['/sys/secret'] }));

    const value = [
      files.text('/sys/secret', 'the secret'),
      files.text('/sys/secret', 'the secret'),
      files.text('/sys/secret'),
    ];

    assert.deepEqual(value, [null, null, null]);
    assert.deepEqual(notes.all(), [
      { fact: 'the secret', reason: 'permission denied on /sys/secret', remedy: 'run as root' },
    ]);
  });

  it('takes whatever a driver throws as not known', () => {
    const files = systemFiles(
      '/',
      () => {
        throw 'odd';
      },
      newNotes(),
    );

    assert.equal(files.text('/sys/odd', 'fact'), null);
  });

  it('sorts the names of a directory, and tells files from directories', (t) => {
    const tree = fakeSysfs(t)
      .files({ '/sys/b/x': '1', '/sys/a': '1' })
      .directory('/sys/c')
      .link('/sys/d', '../x/y');
    const files = systemFiles(tree.root, readFileSync, newNotes());

    assert.deepEqual(files.names('/sys'), ['a', 'b', 'c', 'd']);
    assert.deepEqual([files.isDirectory('/sys/b'), files.isDirectory('/sys/a')], [true, false]);
    assert.deepEqual([files.link('/sys/d'), files.linkName('/sys/d')], ['../x/y', 'y']);
  });

  it('reads whole numbers in the notations of the kernel only', () => {
    const read = ['42', '-1', '0x1f', '', '4x', '1e3', '99999999999999999999'].map((text) =>
      wholeNumber(text),
    );

    assert.deepEqual(read, [42, -1, 31, null, null, null, null]);
    assert.equal(wholeNumber(null), null);
  });
});
