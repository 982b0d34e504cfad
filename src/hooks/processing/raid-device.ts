import type { Patch } from '../../bare-metal/bare-metal-service.ts';
import { parseExpression } from '../../inventory/hint-expression.ts';
import { objectsOf, textOf } from '../../inventory/inventory.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import type { RamdiskData } from '../../inventory/ramdisk-data.ts';
import { isObject, type JsonValue } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';

/**
 * Learns the root device in two runs, one before and one after the RAID volume is made: the first notes the
 * serials of all disks in the node's `extra`, the second makes the one disk that is new the root device hint.
 * It comes before `root_disk_selection`.
 */
export function raidDeviceHook(): ProcessingHook {
  return {
    name: 'raid_device',
    beforeProcessing(data, { log }) {
      if (isTruthy(data.local_gb)) return;
      log.info('No volume is known yet, local_gb is taken to be 1 until the root disk is');
      data.local_gb = 1;
    },
    beforeUpdate(data, node, { log }) {
      const serials = serialsOf(data, log);
      if (serials.length === 0) {
        log.warning('No block device with a serial was received from the ramdisk');
        return;
      }
      const { properties, extra } = node.node;
      if (Object.hasOwn(properties, 'root_device')) log.info('The root device of the node is known already');
      else node.patch(changes(serials, extra.block_devices, log));
    },
  };
}

/** Serials are text; what else stands there is no serial. */
function serialsOf({ inventory, block_devices: devices }: RamdiskData, log: Logger): string[] {
  if (isObject(inventory)) {
    const disks = objectsOf(inventory.disks, 'inventory.disks', log);
    return disks.flatMap((disk) => textOf(disk.serial) ?? []);
  }
  return isObject(devices) ? (textsOf(devices.serials) ?? []) : [];
}

function textsOf(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) ? value.flatMap((item) => textOf(item) ?? []) : undefined;
}

/** Notes of another form are written anew; the original fails with a 500 (docs/compatibility.md, raid-device-notes). */
function changes(serials: readonly string[], noted: JsonValue | undefined, log: Logger): Patch {
  const before = isObject(noted) ? textsOf(noted.serials) : undefined;
  if (before === undefined) {
    if (noted !== undefined) log.warning('The serials noted in extra/block_devices are malformed');
    return [{ op: 'add', path: '/extra/block_devices', value: { serials: [...serials] } }];
  }
  const known = new Set(before);
  const [serial, ...others] = serials.filter((one) => !known.has(one));
  if (serial === undefined) log.warning('No new devices were found');
  else if (others.length > 0)
    log.warning('Root device cannot be identified because multiple new devices were found');
  else if (!isPlain(serial)) log.warning('The serial of the new device cannot be a root device hint');
  else {
    return [
      { op: 'remove', path: '/extra/block_devices' },
      { op: 'add', path: '/properties/root_device', value: { serial } },
    ];
  }
  return [];
}

/** Otherwise a disk could choose the operator of the hint (docs/compatibility.md, raid-device-serial). */
function isPlain(serial: string): boolean {
  const hint = parseExpression(serial.trim().toLowerCase());
  return hint !== undefined && hint.operator === undefined;
}
