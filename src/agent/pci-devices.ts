import type { PciDevice } from './introspection-document.ts';
import type { Machine } from './machine.ts';

const directory = '/sys/bus/pci/devices';

/** The machine's PCI devices, ordered by address. Empty on machines without that bus. */
export function readPciDevices({ files, notes }: Pick<Machine, 'files' | 'notes'>): PciDevice[] {
  if (!files.isDirectory(directory)) {
    // Such machines (IBM Z, small virtual ones) are in order, so the introspection goes on
    // (docs/compatibility.md, agent-no-pci).
    notes.add(
      'pci_devices',
      `there is no ${directory}`,
      'nothing, unless the machine is known to have a PCI bus',
    );
  }
  return files.names(directory).flatMap((bus) => {
    const hex = (name: string) =>
      /^0x([0-9a-f]+)$/i.exec(files.text(`${directory}/${bus}/${name}`) ?? '')?.[1] ?? null;
    const [vendor, product, kind] = [hex('vendor'), hex('device'), hex('class')];
    if (vendor === null || product === null || kind === null) {
      notes.add(
        `pci_devices (${bus})`,
        'its vendor, device or class is no hex number',
        'nothing; it is left out',
      );
      return [];
    }
    return [
      {
        vendor_id: vendor,
        product_id: product,
        class: kind,
        revision: hex('revision'),
        bus,
        numa_node_id: files.text(`${directory}/${bus}/numa_node`),
      },
    ];
  });
}
