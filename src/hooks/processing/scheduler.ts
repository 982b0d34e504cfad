import type { OptionsOf } from '../../config/option.ts';
import { inventoryOf } from '../../inventory/inventory.ts';
import { isTruthy } from '../../inventory/is-truthy.ts';
import type { RamdiskData } from '../../inventory/ramdisk-data.ts';
import { pythonStr } from '../../json/python-repr.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import type { processingOptions } from '../processing-options.ts';

type Options = Pick<OptionsOf<typeof processingOptions.options>, 'overwrite_existing'>;

const properties = ['cpus', 'cpu_arch', 'memory_mb'] as const;

/** Sets the node's properties that a scheduler places workloads by: `cpus`, `cpu_arch`, `memory_mb` (MiB). */
export function schedulerHook(options: Options): ProcessingHook {
  return {
    name: 'scheduler',
    beforeUpdate(data, node, { log }) {
      readInventory(data, log);
      const known = node.node.properties;
      const updates = properties.flatMap((name): [string, string][] => {
        const value = data[name];
        // A ramdisk may have put anything there where the inventory does not tell.
        if (typeof value !== 'number' && typeof value !== 'string') return [];
        if (!isTruthy(value) || (!options.overwrite_existing && isTruthy(known[name]))) return [];
        return [[name, pythonStr(value)]];
      });
      node.updateProperties(Object.fromEntries(updates));
    },
  };
}

/**
 * Writes what the inventory tells into the document. A count below zero is left out like any other malformed
 * one; the bare metal service would refuse it (docs/compatibility.md, scheduler-negative).
 */
function readInventory(data: RamdiskData, log: Logger): void {
  const { cpu, memory } = inventoryOf(data, log);
  if (isCount(cpu.count)) data.cpus = cpu.count;
  if (isCount(cpu.count) && cpu.architecture !== undefined) data.cpu_arch = cpu.architecture;
  else log.warning('Malformed or missing CPU information in the inventory: expected count and architecture');
  if (isCount(memory.physicalMb)) data.memory_mb = memory.physicalMb;
  else log.warning('Malformed or missing memory information in the inventory: expected physical_mb');
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && value >= 0;
}
