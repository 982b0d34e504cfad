import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { cpioArchive } from './cpio-archive.ts';

const entries = [
  { path: 'bin', kind: 'folder' },
  { path: 'bin/sh', kind: 'file', content: Buffer.from('abcde'), executable: true },
  { path: 'bin/ash', kind: 'link', target: 'sh' },
  { path: 'dev-console', kind: 'character-device', major: 5, minor: 1 },
] as const;

const program = ['/usr/bin/cpio', '/bin/cpio'].find((path) => spawnSync(path, ['--version']).status === 0);

describe('cpioArchive', () => {
  it('writes headers of 13 fields, name and content, each to a multiple of four bytes', () => {
    const archive = cpioArchive(entries).toString('latin1');

    const second = archive.slice(archive.indexOf('070701', 6));
    assert.equal(second.slice(0, 110).match(/^070701([0-9a-f]{8}){13}$/)?.[0]?.length, 110);
    assert.equal(second.slice(6, 22), '00000002000081ed');
    assert.equal(second.slice(54, 62), '00000005');
    assert.equal(second.slice(110, 117), 'bin/sh\0');
    assert.equal(second.slice(120, 128), 'abcde\0\0\0');
    assert.match(archive, /TRAILER!!!\0+$/);
    assert.equal(archive.length % 4, 0);
  });

  it('makes the same bytes of the same entries', () => {
    assert.deepEqual(cpioArchive(entries), cpioArchive(entries));
  });

  it('is read by cpio', { skip: program === undefined ? 'there is no cpio' : false }, () => {
    const { stdout, status } = spawnSync(program ?? '', ['-itv', '--quiet'], { input: cpioArchive(entries) });

    assert.equal(status, 0);
    const lines = stdout.toString().trim().split('\n');
    assert.deepEqual(
      lines.map((line) => line.slice(0, 10)),
      ['drwxr-xr-x', '-rwxr-xr-x', 'lrwxrwxrwx', 'crw-------'],
    );
    assert.match(lines[2] ?? '', /bin\/ash -> sh$/);
    assert.match(lines[3] ?? '', / 5, +1 .*dev-console$/);
  });
});
