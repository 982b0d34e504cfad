import type { JsonObject } from '../../json/json-value.ts';
import { type Component, known, knownOf, type Section } from './component.ts';
import { reported } from './read-parts.ts';

/** PCI devices; they have no identity of their own, only an address and what they are. */
export function pciDevices({ pci_devices: all }: JsonObject): Section | undefined {
  const devices = reported(all);
  if (devices === undefined) return undefined;
  return { kind: 'pci-device', firmPlace: 'bus', components: devices.map(pciDevice) };
}

function pciDevice(device: JsonObject): Component {
  const { vendor_id: vendor, product_id: product } = device;
  const ids = [vendor, product].map((id) => known(id) ?? '?').join(':');
  return {
    name: known(device.bus) ?? ids,
    identities: new Map(),
    places: knownOf({ bus: device.bus }),
    properties: knownOf({ device: ids, revision: device.revision, class: device.class }),
  };
}
