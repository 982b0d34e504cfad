// Shows these lines of docs/compatibility.md: agent-physical-mb.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { memoryArray, memoryDevice, smbiosTable } from '../../testing/smbios-table.ts';
import { openMachine } from './machine.ts';
import { readMemory } from './memory.ts';

const dmiTable = '/sys/firmware/dmi/tables/DMI';
const meminfo = { '/proc/meminfo': 'MemTotal:        2026244 kB\nMemFree:         1 kB' };
const blocks = {
  '/sys/devices/system/memory/block_size_bytes': '8000000',
  '/sys/devices/system/memory/memory0/state': 'online',
  '/sys/devices/system/memory/memory1/state': 'online',
  '/sys/devices/system/memory/memory2/state': 'offline',
};

describe('reading the memory', () => {
  it('takes what is built in from the DMI table', (t) => {
    const table = smbiosTable(memoryArray(), memoryDevice({ size: 2048 }));
    const machine = openMachine(
      fakeSurroundings(fakeSysfs(t).files({ ...meminfo, ...blocks, [dmiTable]: table })),
    );

    assert.deepEqual(readMemory(machine), { total: 2026244 * 1024, physical_mb: 2048 });
    assert.deepEqual(machine.notes.all(), []);
  });

  it('takes the memory that is online when only root may read the table, and says so', (t) => {
    const tree = fakeSysfs(t).files({ ...meminfo, ...blocks, [dmiTable]: smbiosTable() });
    const machine = openMachine(fakeSurroundings(tree, { denied: [dmiTable] }));

    assert.equal(readMemory(machine).physical_mb, 256);
    assert.deepEqual(machine.notes.all(), [
      {
        fact: 'inventory.memory.physical_mb',
        reason: `permission denied on ${dmiTable}; taken from the memory that is online`,
        remedy: 'run as root',
      },
    ]);
  });

  it('takes what the kernel manages when there is nothing else', (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t).files(meminfo)));

    assert.equal(readMemory(machine).physical_mb, 1978);
    assert.match(
      machine.notes.all()[0]?.reason ?? '',
      /has no DMI table; taken from the memory that the kernel manages/,
    );
  });

  it('says when the table lists no memory', (t) => {
    const machine = openMachine(
      fakeSurroundings(fakeSysfs(t).files({ ...meminfo, [dmiTable]: smbiosTable() })),
    );

    readMemory(machine);

    assert.match(machine.notes.all()[0]?.reason ?? '', /the DMI table lists no memory/);
  });

  it('knows nothing where nothing is told', (t) => {
    assert.deepEqual(readMemory(openMachine(fakeSurroundings(fakeSysfs(t)))), {
      total: null,
      physical_mb: null,
    });
  });
});
