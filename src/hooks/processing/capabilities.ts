import { bool, map, type OptionsOf, optionGroup } from '../../config/option.ts';
import { type Boot, inventoryOf } from '../../inventory/inventory.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';

export const capabilitiesOptions = optionGroup('capabilities', {
  boot_mode: bool({
    default: false,
    help: 'Whether to store the boot mode (BIOS or UEFI) as the capability boot_mode.',
  }),
  cpu_flags: map({
    default: {
      vmx: 'cpu_vt',
      svm: 'cpu_vt',
      aes: 'cpu_aes',
      pse: 'cpu_hugepages',
      pdpe1gb: 'cpu_hugepages_1g',
      smx: 'cpu_txt',
    },
    help: 'CPU flag to the name of the capability that it stands for.',
  }),
});

type Options = OptionsOf<typeof capabilitiesOptions.options>;

/** Turns the boot mode and CPU flags into capabilities of the node, beside those that it has. */
export function capabilitiesHook(options: Options): ProcessingHook {
  return {
    name: 'capabilities',
    beforeUpdate(data, node, { log }) {
      const { boot, cpu } = inventoryOf(data, log);
      const flags = new Set(cpu.flags);
      if (flags.size === 0) log.warning('No CPU flags in the inventory, please update the ramdisk');
      const known = Object.entries(options.cpu_flags).filter(([flag]) => flags.has(flag));
      node.setCapabilities(
        {
          ...(options.boot_mode ? bootMode(boot, log) : {}),
          ...Object.fromEntries(known.map(([, capability]) => [capability, 'true'])),
        },
        log,
      );
    },
  };
}

/** A comma would make further capabilities of what a ramdisk says (docs/compatibility.md, boot-mode-comma). */
function bootMode({ currentBootMode }: Boot, log: Logger): Record<string, string> {
  if (currentBootMode !== undefined && !currentBootMode.includes(',')) return { boot_mode: currentBootMode };
  log.warning('No boot mode in the inventory, or a malformed one');
  return {};
}
