import { armModelName } from './arm-cores.ts';
import type { Cpu } from './introspection-document.ts';
import type { Machine } from './machine.ts';
import type { SystemFiles } from './system-files.ts';

const directory = '/sys/devices/system/cpu';

/** The machine's CPUs, as `lscpu` sums them up for OpenStack's agent; the first one speaks for all. */
export function readCpu({ files, architecture }: Pick<Machine, 'files' | 'architecture'>): Cpu {
  const { first, processors } = cpuInfo(files);
  const cpus = files.names(directory).filter((name) => /^cpu\d+$/.test(name));
  const present = rangesOf(files.text(`${directory}/present`));
  return {
    model_name: first.get('model name') ?? armModelName(first) ?? first.get('cpu') ?? null,
    frequency: highestFrequency(files, cpus) ?? first.get('cpu mhz') ?? null,
    count: present ?? processors,
    architecture: architecture === '' ? null : architecture,
    // x86 says flags, Arm says Features, IBM Z says features.
    flags: (first.get('flags') ?? first.get('features') ?? '').split(/\s+/).filter((flag) => flag !== ''),
    socket_count: sockets(files, cpus),
  };
}

/** The first CPU's lines of /proc/cpuinfo by lower-case label, and how many CPUs it lists. */
function cpuInfo(files: SystemFiles): { first: ReadonlyMap<string, string>; processors: number } {
  const first = new Map<string, string>();
  let processors = 0;
  for (const line of (files.text('/proc/cpuinfo') ?? '').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const label = line.slice(0, colon).trim().toLowerCase();
    // Only a CPU's own line: IBM Z writes `processor 0: version = ...`, old Arm kernels `Processor : ARMv7 ...`.
    if (/^processor \d+$/.test(label) || /^processor\s*:\s*\d+$/.test(line)) processors += 1;
    if (!first.has(label)) first.set(label, line.slice(colon + 1).trim());
  }
  return { first, processors };
}

/** The number of CPUs in a list such as `0-3,8`; `null` when there is none. */
function rangesOf(list: string | null): number | null {
  if (list === null || !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) return null;
  return list.split(',').reduce((sum, range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return sum + to - from + 1;
  }, 0);
}

/** The highest frequency that any CPU can run at, in MHz with four digits, as `lscpu` prints it. */
function highestFrequency(files: SystemFiles, cpus: readonly string[]): string | null {
  const kilohertz = cpus.map((cpu) => files.number(`${directory}/${cpu}/cpufreq/cpuinfo_max_freq`) ?? 0);
  const highest = kilohertz.reduce((one, other) => Math.max(one, other), 0);
  return highest > 0 ? (highest / 1000).toFixed(4) : null;
}

/** The number of different packages; `null` where the firmware tells of none (the kernel then says -1). */
function sockets(files: SystemFiles, cpus: readonly string[]): number | null {
  const packages = new Set(
    cpus
      .map((cpu) => files.number(`${directory}/${cpu}/topology/physical_package_id`))
      .filter((id) => id !== null && id >= 0),
  );
  return packages.size > 0 ? packages.size : null;
}
