import type { Memory } from './introspection-document.ts';
import type { Machine } from './machine.ts';
import { installedMemory } from './smbios.ts';
import type { SystemFiles } from './system-files.ts';

const tablePath = '/sys/firmware/dmi/tables/DMI';
const mebibyte = 1024 * 1024;

/**
 * The machine's memory. What is built in comes from the firmware's table, which root alone may read; else from the
 * memory blocks that the kernel has online, and at last from what it manages, which is less than is built in.
 */
export function readMemory({ files, notes }: Pick<Machine, 'files' | 'notes'>): Memory {
  const total = managedMemory(files);
  const table = files.bytes(tablePath);
  const installed = table === null ? null : installedMemory(table);
  if (installed !== null) return { total, physical_mb: installed };
  const online = onlineBlocks(files);
  const [why, remedy] = absence(files, table);
  const source =
    online === null ? 'the memory that the kernel manages, which is less' : 'the memory that is online';
  notes.add('inventory.memory.physical_mb', `${why}; taken from ${source}`, remedy);
  return { total, physical_mb: online ?? (total === null ? null : Math.floor(total / mebibyte)) };
}

function absence(files: SystemFiles, table: Buffer | null): readonly [why: string, remedy: string] {
  if (table !== null) return ['the DMI table lists no memory', 'nothing; the firmware is terse'];
  return files.exists(tablePath)
    ? [`permission denied on ${tablePath}`, 'run as root']
    : ['the firmware has no DMI table', 'nothing; such machines have none'];
}

function managedMemory(files: SystemFiles): number | null {
  const kilobytes = /^MemTotal:\s+(\d+) kB$/m.exec(files.text('/proc/meminfo') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** MiB in the blocks that are online, as `lsmem` counts them; `null` on kernels that keep no blocks. */
function onlineBlocks(files: SystemFiles): number | null {
  const directory = '/sys/devices/system/memory';
  const size = Number.parseInt(files.text(`${directory}/block_size_bytes`) ?? '', 16);
  const online = files
    .names(directory)
    .filter((name) => /^memory\d+$/.test(name) && files.text(`${directory}/${name}/state`) === 'online');
  return size > 0 && online.length > 0 ? (size * online.length) / mebibyte : null;
}
