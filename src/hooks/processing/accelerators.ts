import { type OptionsOf, optionGroup, text } from '../../config/option.ts';
import { objectsOf, textOf } from '../../inventory/inventory.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { type KnownAccelerator, readKnownAccelerators, shippedAccelerators } from '../known-accelerators.ts';
import type { ProcessingHook } from '../processing-hook.ts';

export const acceleratorsOptions = optionGroup('accelerators', {
  known_devices: text<string | null>({
    default: null,
    help: 'YAML file of the PCI devices that count as accelerators, a list under the key pci_devices. It is read at start. Unset: the list that comes with the service, etc/known_accelerators.yaml.',
  }),
});

type Options = OptionsOf<typeof acceleratorsOptions.options>;

/**
 * Sets the property `accelerators` to the machine's PCI devices that are known accelerators: what the list of known
 * devices says of each, and its `pci_address`. Where none is found, the property stays as it was.
 *
 * @throws InspectorError `invalid` when the file of known devices cannot be used.
 */
export function acceleratorsHook(options: Options): ProcessingHook {
  const known = byIds(readKnownAccelerators(options.known_devices ?? shippedAccelerators));
  return {
    name: 'accelerators',
    beforeUpdate(data, node, { log }) {
      if (!isTruthy(data.pci_devices)) {
        log.warning('Unable to find accelerators: no PCI devices in the introspection data');
        return;
      }
      const devices = objectsOf(data.pci_devices, 'pci_devices', log);
      const found = devices.map((device) => foundAs(known, device)).filter((entry) => entry !== undefined);
      // The original fails with a 500 (docs/compatibility.md, accelerators-malformed).
      const accelerators = found.filter(({ pci_address: address }) => address !== null);
      if (accelerators.length < found.length)
        log.warning(`Ignoring ${found.length - accelerators.length} accelerators without a bus address`);
      log.info(`Found ${accelerators.length} known accelerators`);
      if (accelerators.length > 0) node.updateProperties({ accelerators });
    },
  };
}

/** Of two entries of one device the first counts. */
function byIds(known: readonly KnownAccelerator[]): ReadonlyMap<string, KnownAccelerator> {
  return new Map(known.toReversed().map((entry) => [`${entry.vendor_id}:${entry.device_id}`, entry]));
}

function foundAs(
  known: ReadonlyMap<string, KnownAccelerator>,
  { vendor_id: vendorId, product_id: productId, bus }: JsonObject,
): JsonObject | undefined {
  if (typeof vendorId !== 'string' || typeof productId !== 'string') return undefined;
  const entry = known.get(`${vendorId}:${productId}`);
  return entry === undefined ? undefined : { ...entry, pci_address: textOf(bus) ?? null };
}
