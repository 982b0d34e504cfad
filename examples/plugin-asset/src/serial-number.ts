import type { JsonObject } from 'ironic-inspector/plugin';

/** What the ramdisk says of the machine's maker. Nothing of it can be trusted: any member may be anything. */
export interface SystemVendor {
  readonly serialNumber: string | undefined;
  readonly manufacturer: string | undefined;
}

/** Reads `inventory.system_vendor`. */
export function systemVendor(data: JsonObject): SystemVendor {
  const vendor = member(member(data, 'inventory'), 'system_vendor');
  return {
    serialNumber: word(member(vendor, 'serial_number')),
    manufacturer: word(member(vendor, 'manufacturer')),
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Names of nodes and asset tags take these characters everywhere. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
}
