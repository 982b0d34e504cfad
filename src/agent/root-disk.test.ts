import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Disk } from './introspection-document.ts';
import { defaultRootDisk } from './root-disk.ts';

const gib = 1024 ** 3;
const disk = (name: string, size: number) => ({ name, size }) as Disk;

describe('the default root disk', () => {
  it('is the smallest disk of at least 4 GiB', () => {
    const disks = [disk('/dev/sda', 40 * gib), disk('/dev/sdb', 4 * gib - 1), disk('/dev/sdc', 4 * gib)];

    assert.equal(defaultRootDisk(disks)?.name, '/dev/sdc');
  });

  it('is the first by name of equally small disks', () => {
    const disks = [disk('/dev/sdb', 8 * gib), disk('/dev/sda', 8 * gib), disk('/dev/nvme0n1', 8 * gib)];

    assert.equal(defaultRootDisk(disks)?.name, '/dev/nvme0n1');
  });

  it('is none when all are smaller', () => {
    assert.equal(defaultRootDisk([disk('/dev/sda', gib)]), undefined);
    assert.equal(defaultRootDisk([]), undefined);
  });
});
