import { multi, type OptionsOf, optionGroup } from '../../config/option.ts';
import { messageOf } from '../../errors/inspector-error.ts';
import { objectsOf } from '../../inventory/inventory.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';

export const pciDevicesOptions = optionGroup('pci_devices', {
  alias: multi({
    default: [],
    help: 'A PCI device to count and the name of the capability for it, as a JSON object with the keys vendor_id, product_id and name: {"vendor_id": "1234", "product_id": "5678", "name": "pci_dev1"}. May be repeated.',
  }),
});

type Options = OptionsOf<typeof pciDevicesOptions.options>;

/**
 * Counts the PCI devices that have an alias, and sets the capability `<name>:<count>` for each kind found.
 * Without a list of devices, and for items without ids, there is nothing to count; the original fails with a
 * 500 (docs/compatibility.md, pci-devices-malformed).
 */
export function pciDevicesHook(options: Options, log: Logger): ProcessingHook {
  const aliases = parsedAliases(options.alias, log);
  return {
    name: 'pci_devices',
    beforeUpdate(data, node, context) {
      if (data.pci_devices === undefined || data.pci_devices === null) {
        if (aliases.size > 0) {
          context.log.warning('Unable to process PCI devices: none in the introspection data');
        }
        return;
      }
      const counts = new Map<string, number>();
      for (const device of objectsOf(data.pci_devices, 'pci_devices', context.log)) {
        const ids = pairOf(device.vendor_id, device.product_id);
        if (aliases.has(ids)) counts.set(ids, (counts.get(ids) ?? 0) + 1);
      }
      const found = [...counts].map(([ids, count]) => [aliases.get(ids) ?? '', String(count)]);
      node.setCapabilities(Object.fromEntries(found), context.log);
    },
  };
}

/** Names by device; a malformed alias is left out and logged. */
function parsedAliases(lines: readonly string[], log: Logger): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const line of lines) {
    try {
      const alias: unknown = JSON.parse(line);
      if (!isObject(alias) || Object.keys(alias).toSorted().join() !== 'name,product_id,vendor_id') {
        throw new Error(
          `expected an object with exactly the keys vendor_id, product_id and name, got ${line}`,
        );
      }
      if (typeof alias.name !== 'string') throw new Error(`expected text as the name, got ${line}`);
      aliases.set(pairOf(alias.vendor_id, alias.product_id), alias.name);
    } catch (error) {
      log.error(`Error parsing 'alias' option: ${messageOf(error)}`);
    }
  }
  return aliases;
}

/** Compared as text, exactly: agents write lower-case hexadecimal digits without `0x`. */
function pairOf(vendorId: JsonValue | undefined, productId: JsonValue | undefined): string {
  return JSON.stringify([vendorId ?? null, productId ?? null]);
}
