import { bool, type OptionsOf, optionGroup } from '../../config/option.ts';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { inventoryOf } from '../../inventory/inventory.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import { kindOf } from '../../inventory/kind-of.ts';
import type { RamdiskData } from '../../inventory/ramdisk-data.ts';
import { matchingDisks } from '../../inventory/root-device-hints.ts';
import { isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { pythonRepr, pythonStr } from '../../json/python-repr.ts';
import type { Logger } from '../../logging/logger.ts';
import type { NodeDraft } from '../../nodes/node-draft.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import type { processingOptions } from '../processing-options.ts';

export const rootDiskSelectionOptions = optionGroup('processing', {
  disk_partitioning_spacing: bool({
    default: true,
    help: 'Whether to leave 1 GiB of the disk untouched for partitioning, by telling the scheduler of 1 GiB less.',
  }),
});

type Options = OptionsOf<typeof rootDiskSelectionOptions.options> &
  Pick<OptionsOf<typeof processingOptions.options>, 'overwrite_existing'>;

const bytesPerGib = 2 ** 30;

/**
 * Picks the root disk by the node's root device hints, where it has some, and sets the property `local_gb`
 * (GiB, whole) by the root disk; 0 for a machine without disks.
 */
export function rootDiskSelectionHook(options: Options): ProcessingHook {
  return {
    name: 'root_disk_selection',
    beforeUpdate(data, node, { log }) {
      selectByHints(data, node, log);
      const localGb = localGbOf(data.root_disk, options.disk_partitioning_spacing, log);
      data.local_gb = localGb;
      if (options.overwrite_existing || !isTruthy(node.node.properties.local_gb)) {
        node.updateProperties({ local_gb: pythonStr(localGb) });
      }
    },
  };
}

/** Without hints the ramdisk's own choice stands, and `skip_block_devices` is not looked at. */
function selectByHints(data: RamdiskData, node: NodeDraft, log: Logger): void {
  const { disks } = inventoryOf(data, log);
  const { root_device: hints, skip_block_devices: skip } = node.node.properties;
  if (hints === undefined || !isTruthy(hints)) {
    log.debug('The node has no root device hints');
    return;
  }
  let candidates: readonly JsonObject[] = disks;
  if (skip !== undefined && isTruthy(skip)) {
    candidates = withoutSkipped(disks, skip, log);
    if (isObject(data.inventory)) data.inventory.disks = [...candidates];
  }
  data.root_disk = firstMatch(candidates, hints, log);
}

function firstMatch(disks: readonly JsonObject[], hints: JsonValue, log: Logger): JsonObject {
  try {
    for (const disk of matchingDisks(disks, hints, log)) return disk;
  } catch (error) {
    throw unusable('found using the root device hints', hints, error);
  }
  throw new InspectorError('invalid', 'No disks satisfied root device hints');
}

/**
 * Each entry of the property is an object of hints; the disks that it matches are no candidates. The
 * original fails with a 500 on a malformed entry (docs/compatibility.md, skip-block-devices-malformed).
 */
function withoutSkipped(disks: readonly JsonObject[], skip: JsonValue, log: Logger): JsonObject[] {
  if (!Array.isArray(skip)) {
    const message = `The node's property skip_block_devices: expected a list of root device hints, got ${kindOf(skip)}`;
    throw new InspectorError('invalid', message);
  }
  const skipped = new Set<JsonObject>();
  for (const hints of skip) {
    try {
      for (const disk of matchingDisks(disks, hints, log)) skipped.add(disk);
    } catch (error) {
      throw unusable('skipped using the skip_block_devices hints', hints, error);
    }
  }
  return disks.filter((disk) => !skipped.has(disk));
}

function unusable(what: string, hints: JsonValue, cause: unknown): InspectorError {
  const message = `No disks could be ${what} ${pythonRepr(hints)} because they failed to validate. Error: ${messageOf(cause)}`;
  return new InspectorError('invalid', message, { cause });
}

function localGbOf(rootDisk: JsonValue | undefined, leaveSpace: boolean, log: Logger): number {
  if (!isObject(rootDisk) || !isTruthy(rootDisk)) {
    log.info('No root disk was found, assuming a disk-less node');
    return 0;
  }
  const { size } = rootDisk;
  // The original writes a fraction as "2.0" and a negative size as it is, which the bare metal service
  // refuses (docs/compatibility.md, root-disk-size).
  if (typeof size !== 'number' || !Number.isFinite(size) || size < 0) {
    const got = typeof size === 'number' ? size : kindOf(size);
    throw new InspectorError('invalid', `root_disk.size: expected the size in bytes, 0 or more, got ${got}`);
  }
  const gib = Math.floor(size / bytesPerGib);
  if (gib === 0) {
    log.warning('The root disk is smaller than 1 GiB, or its size is unknown', { disk: rootDisk });
    return 0;
  }
  return leaveSpace ? gib - 1 : gib;
}
