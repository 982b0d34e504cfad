import type { NumaTopology } from './introspection-document.ts';
import type { Machine } from './machine.ts';
import type { SystemFiles } from './system-files.ts';

const directory = '/sys/devices/system/node';

/** Memory, cores and network cards by NUMA node; `undefined` where the kernel knows no nodes. */
export function readNumaTopology({
  files,
  notes,
}: Pick<Machine, 'files' | 'notes'>): NumaTopology | undefined {
  const nodes = numbered(files, directory, 'node');
  if (nodes.length === 0) {
    notes.add('numa_topology', `there is no node in ${directory}`, 'run a kernel with NUMA support');
    return undefined;
  }
  return {
    ram: nodes.flatMap((node) => memoryOf(files, node)),
    cpus: nodes.flatMap((node) => coresOf(files, node)),
    nics: nicsOf(files),
  };
}

function memoryOf(files: SystemFiles, node: number): NumaTopology['ram'] {
  const text = files.text(`${directory}/node${node}/meminfo`) ?? '';
  const size = /MemTotal:\s+(\d+) kB/.exec(text)?.[1];
  return size === undefined ? [] : [{ numa_node: node, size_kb: Number(size) }];
}

function coresOf(files: SystemFiles, node: number): NumaTopology['cpus'] {
  const siblings = new Map<number, number[]>();
  for (const cpu of numbered(files, `${directory}/node${node}`, 'cpu')) {
    const core = files.number(`${directory}/node${node}/cpu${cpu}/topology/core_id`);
    // A CPU that is offline has no topology.
    if (core !== null) siblings.set(core, [...(siblings.get(core) ?? []), cpu]);
  }
  return [...siblings].map(([cpu, threads]) => ({ thread_siblings: threads, cpu, numa_node: node }));
}

function nicsOf(files: SystemFiles): NumaTopology['nics'] {
  return files.names('/sys/class/net').flatMap((name) => {
    const node = files.number(`/sys/class/net/${name}/device/numa_node`);
    return node === null ? [] : [{ name, numa_node: node }];
  });
}

/** The numbers of `node0`, `node1`, ... in order. */
function numbered(files: SystemFiles, parent: string, prefix: string): readonly number[] {
  return files
    .names(parent)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((one, other) => one - other);
}
