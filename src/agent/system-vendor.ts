import type { SystemVendor } from './introspection-document.ts';
import type { Machine } from './machine.ts';

const dmi = '/sys/class/dmi/id';
const deviceTree = '/proc/device-tree';

/** Make, model and serial number: from DMI, or from the device tree of machines without DMI. */
export function readSystemVendor({ files, notes }: Pick<Machine, 'files' | 'notes'>): SystemVendor {
  const fact = 'inventory.system_vendor';
  const field = (name: string) => files.text(`${dmi}/${name}`, `${fact} (${name})`);
  const model = files.text(`${deviceTree}/model`);
  if (!files.isDirectory(dmi) && model === null) {
    notes.add(
      fact,
      'the firmware describes itself neither by DMI nor by a device tree',
      'set it on the node by hand',
    );
  }
  return {
    product_name: productName(field('product_name'), field('product_sku')) ?? model,
    serial_number: field('product_serial') ?? files.text(`${deviceTree}/serial-number`),
    manufacturer: field('sys_vendor'),
    firmware: {
      vendor: field('bios_vendor'),
      version: field('bios_version'),
      build_date: field('bios_date'),
    },
  };
}

/** `lshw`, which OpenStack's agent asks, puts the stock keeping unit in brackets behind the name. */
function productName(name: string | null, sku: string | null): string | null {
  return name === null || sku === null ? name : `${name} (${sku})`;
}
