import type { ComponentKind } from './component.ts';
import type { ChangedProperty, HardwareChange } from './hardware-change.ts';

const titles: Readonly<Record<ComponentKind, string>> = {
  system: 'Machine',
  firmware: 'Firmware of the machine',
  bmc: 'BMC',
  boot: 'Boot',
  cpu: 'Processor',
  memory: 'Memory',
  dimm: 'Memory module',
  disk: 'Disk',
  interface: 'Interface',
  'pci-device': 'PCI device',
};

/** What is told of a component that came or went, in this order, as far as it is known. */
const telling: readonly string[] = ['serial', 'mac', 'wwn', 'model', 'device', 'size'];

/** The change as a sentence without its full stop: `Disk sda replaced: serial A1 -> B2`. */
export function describeChange(change: Omit<HardwareChange, 'summary'>): string {
  const { component, name, properties, certain } = change;
  const what = name === '' ? titles[component] : `${titles[component]} ${name}`;
  return `${what} ${verbOf(change)}${detail(change.change, properties)}${certain ? '' : ' (not certain)'}`;
}

function verbOf({ change }: Pick<HardwareChange, 'change'>): string {
  switch (change) {
    case 'removed':
      return 'is gone';
    case 'carrier-lost':
      return 'lost its carrier';
    case 'carrier-found':
      return 'has a carrier again';
    case 'firmware-changed':
      return 'has other firmware';
    default:
      return change;
  }
}

function detail(change: HardwareChange['change'], properties: readonly ChangedProperty[]): string {
  if (change === 'carrier-lost' || change === 'carrier-found') return '';
  if (change === 'added' || change === 'removed') {
    const told = telling.flatMap((name) => {
      const one = properties.find(({ property }) => property === name);
      return one === undefined ? [] : [`${name} ${one.to ?? one.from}`];
    });
    return told.length === 0 ? '' : ` (${told.join(', ')})`;
  }
  return `: ${properties.map(({ property, from, to }) => `${property} ${from} -> ${to}`).join(', ')}`;
}
