import type { Machine } from './machine.ts';
import type { SystemFiles } from './system-files.ts';

const directory = '/sys/class/net';
const loopback = 772;
const flagUp = 0x1;

/**
 * The interfaces to report, in the order in which the kernel found them: those with hardware behind them, bonds,
 * and VLANs (by the form of their names, as OpenStack's agent knows them). Bridges, tunnels, veth pairs and the
 * loopback are no ports of the machine. A container may have nothing else; then those that are up are better than none.
 */
export function interfaceNames({ files, notes }: Pick<Machine, 'files' | 'notes'>): readonly string[] {
  const all = inKernelOrder(files, files.names(directory));
  const physical = all.filter((name) => hasHardware(files, name) || isBond(files, name) || isVlan(name));
  if (physical.length > 0) return physical;
  const virtual = all.filter((name) => isUp(files, name));
  notes.add(
    'inventory.interfaces',
    virtual.length > 0
      ? `no interface has hardware behind it, so these virtual ones are listed: ${virtual.join(', ')}`
      : 'no interface has hardware behind it, and no virtual one is up',
    'run on the host instead of in a container, or load the driver of the network card',
  );
  return virtual;
}

/** `eth0.100`: the part after the first dot is a number. */
export function isVlan(name: string): boolean {
  return /^[^.]*\.\d+$/.test(name);
}

function hasHardware(files: SystemFiles, name: string): boolean {
  return files.exists(`${directory}/${name}/device`);
}

function isBond(files: SystemFiles, name: string): boolean {
  return files.exists(`${directory}/${name}/bonding`);
}

function isUp(files: SystemFiles, name: string): boolean {
  const flags = files.number(`${directory}/${name}/flags`) ?? 0;
  return files.number(`${directory}/${name}/type`) !== loopback && (flags & flagUp) !== 0;
}

function inKernelOrder(files: SystemFiles, names: readonly string[]): readonly string[] {
  const index = (name: string) => files.number(`${directory}/${name}/ifindex`) ?? Number.MAX_SAFE_INTEGER;
  return names
    .map((name) => ({ name, index: index(name) }))
    .sort((one, other) => one.index - other.index)
    .map(({ name }) => name);
}
