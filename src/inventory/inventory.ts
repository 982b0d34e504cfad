import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { pythonStr } from '../json/python-repr.ts';
import type { Logger } from '../logging/logger.ts';
import { isTruthy } from './is-truthy.ts';
import { kindOf } from './kind-of.ts';
import type { RamdiskData } from './ramdisk-data.ts';
import { wholeNumber } from './whole-number.ts';

/**
 * The parts of `inventory` that hooks read. A part that is missing, `null` or of the wrong type is empty,
 * where the original mostly fails with a 500 (docs/compatibility.md, inventory-parts-null).
 */
export interface Inventory {
  /** Not empty. */
  readonly interfaces: readonly JsonObject[];
  readonly disks: readonly JsonObject[];
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly boot: Boot;
}

interface Cpu {
  readonly count: number | undefined;
  readonly architecture: string | undefined;
  readonly flags: readonly string[];
}

interface Memory {
  /** What the firmware says is plugged in, in MiB; `memory.total` (what the kernel can use) is not asked. */
  readonly physicalMb: number | undefined;
}

/** How the machine was booted. */
export interface Boot {
  /** `bios` or `uefi`. */
  readonly currentBootMode: string | undefined;
}

/**
 * The inventory of a machine. An absent list of disks becomes an empty one in the document: the machine has
 * no disks.
 *
 * @throws InspectorError `invalid` when there is no inventory or no interface in it.
 */
export function inventoryOf(data: RamdiskData, log: Logger): Inventory {
  const { inventory } = data;
  if (!isObject(inventory) || !isTruthy(inventory)) {
    throw new InspectorError('invalid', 'Hardware inventory is empty or missing');
  }
  const interfaces = objectsOf(inventory.interfaces, 'inventory.interfaces', log);
  if (interfaces.length === 0) {
    throw new InspectorError('invalid', 'No network interfaces provided in the inventory');
  }
  if (!isTruthy(inventory.disks)) {
    log.info('No disks were detected in the inventory, assuming a disk-less node');
    inventory.disks = [];
  }
  return {
    interfaces,
    disks: objectsOf(inventory.disks, 'inventory.disks', log),
    cpu: cpuOf(inventory.cpu),
    memory: { physicalMb: wholeNumber(memberOf(inventory.memory, 'physical_mb')) },
    boot: { currentBootMode: textOf(memberOf(inventory.boot, 'current_boot_mode')) },
  };
}

/** The objects of a list; what else is in it, or in its place, is left out with a warning. */
export function objectsOf(value: JsonValue | undefined, path: string, log: Logger): JsonObject[] {
  if (!Array.isArray(value)) {
    if (isTruthy(value)) log.warning(`Ignoring ${path}: expected a list, got ${kindOf(value)}`);
    return [];
  }
  const objects = value.filter((item) => isObject(item));
  const others = value.length - objects.length;
  if (others > 0) log.warning(`Ignoring ${others} items of ${path}: expected objects`);
  return objects;
}

/** The text of a value; `undefined` for empty text and for what is no text. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function cpuOf(cpu: JsonValue | undefined): Cpu {
  const flags = memberOf(cpu, 'flags');
  const architecture = memberOf(cpu, 'architecture');
  return {
    count: wholeNumber(memberOf(cpu, 'count')),
    // An architecture of null is unknown and not the text "None" (docs/compatibility.md, cpu-arch-null).
    architecture: architecture === undefined || architecture === null ? undefined : pythonStr(architecture),
    flags: Array.isArray(flags) ? flags.filter((flag) => typeof flag === 'string') : [],
  };
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
