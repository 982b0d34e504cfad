import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryArray, memoryDevice, smbiosTable, structure } from '../../testing/smbios-table.ts';
import { installedMemory } from './smbios.ts';

describe('the installed memory of an SMBIOS table', () => {
  it('is the sum over the filled slots', () => {
    const table = smbiosTable(
      structure(0, Buffer.alloc(20), 'LabBIOS', '2.1'),
      memoryArray(),
      memoryDevice({ size: 16384 }),
      memoryDevice({ size: 16384 }),
      memoryDevice({ size: 0 }),
      memoryDevice({ size: 0xffff }),
    );

    assert.equal(installedMemory(table), 32768);
  });

  it('reads kilobytes and sizes above 32 GiB', () => {
    const table = smbiosTable(
      memoryDevice({ size: 0x8000 | 2048 }),
      memoryDevice({ size: 0x7fff, extended: 65536 }),
    );

    assert.equal(installedMemory(table), 65538);
  });

  it('counts no flash or cache', () => {
    const flash = 0x2000;
    const table = smbiosTable(
      memoryArray(),
      memoryArray({ handle: flash, use: 5 }),
      memoryDevice({ size: 1024 }),
      memoryDevice({ size: 16, array: flash }),
    );

    assert.equal(installedMemory(table), 1024);
  });

  it('is not known when the table lists none, breaks off, or is nonsense', () => {
    const broken = smbiosTable(memoryDevice({ size: 1024 }));

    assert.equal(installedMemory(smbiosTable()), null);
    assert.equal(installedMemory(Buffer.alloc(0)), null);
    assert.equal(installedMemory(Buffer.alloc(64)), null);
    assert.equal(installedMemory(broken.subarray(0, 20)), null);
    assert.equal(installedMemory(smbiosTable(structure(17, Buffer.alloc(4)))), null);
    assert.equal(installedMemory(smbiosTable(structure(17, Buffer.alloc(0)))), null);
  });

  it('takes an extended size as unknown when the structure is too short for it, and needs no end of the table', () => {
    const short = Buffer.alloc(16);
    short.writeUInt16LE(0x7fff, 8);
    const table = Buffer.concat([structure(17, short), memoryDevice({ size: 512 })]);

    assert.equal(installedMemory(table), 512);
    assert.equal(installedMemory(table.subarray(0, -2)), 512);
  });
});
