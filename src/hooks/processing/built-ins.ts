import type { OptionGroup, Options, OptionsOf } from '../../config/option.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import { processingOptions } from '../processing-options.ts';
import { acceleratorsHook, acceleratorsOptions } from './accelerators.ts';
import { capabilitiesHook, capabilitiesOptions } from './capabilities.ts';
import { exampleHook } from './example.ts';
import { extraHardwareHook, extraHardwareOptions } from './extra-hardware.ts';
import { lldpBasicHook } from './lldp-basic.ts';
import { localLinkConnectionHook } from './local-link-connection.ts';
import { pciDevicesHook, pciDevicesOptions } from './pci-devices.ts';
import { physnetCidrMapHook, portPhysnetOptions } from './physnet-cidr-map.ts';
import { raidDeviceHook } from './raid-device.ts';
import { ramdiskErrorHook } from './ramdisk-error.ts';
import { rootDiskSelectionHook, rootDiskSelectionOptions } from './root-disk-selection.ts';
import { schedulerHook } from './scheduler.ts';
import { validateInterfacesHook, validateInterfacesOptions } from './validate-interfaces.ts';

/** The sections of the configuration that the hooks of this folder read. */
export const processingHookOptionGroups = [
  processingOptions,
  rootDiskSelectionOptions,
  validateInterfacesOptions,
  capabilitiesOptions,
  pciDevicesOptions,
  acceleratorsOptions,
  extraHardwareOptions,
  portPhysnetOptions,
] as const;

/** The values of those sections, by section name. */
export interface ProcessingHookOptions {
  readonly processing: OptionsOf<typeof processingOptions.options> &
    OptionsOf<typeof rootDiskSelectionOptions.options> &
    OptionsOf<typeof validateInterfacesOptions.options>;
  readonly capabilities: OptionsOf<typeof capabilitiesOptions.options>;
  readonly pci_devices: OptionsOf<typeof pciDevicesOptions.options>;
  readonly accelerators: OptionsOf<typeof acceleratorsOptions.options>;
  readonly extra_hardware: OptionsOf<typeof extraHardwareOptions.options>;
  readonly port_physnet: OptionsOf<typeof portPhysnetOptions.options>;
}

/** The values of those sections, from whoever has the values of a group. */
export function processingHookOptionsOf(
  get: <O extends Options>(group: OptionGroup<O>) => OptionsOf<O>,
): ProcessingHookOptions {
  return {
    processing: {
      ...get(processingOptions),
      ...get(rootDiskSelectionOptions),
      ...get(validateInterfacesOptions),
    },
    capabilities: get(capabilitiesOptions),
    pci_devices: get(pciDevicesOptions),
    accelerators: get(acceleratorsOptions),
    extra_hardware: get(extraHardwareOptions),
    port_physnet: get(portPhysnetOptions),
  };
}

/**
 * Makes a hook of the configuration, once, at start-up.
 *
 * @throws InspectorError when the options that concern the hook contradict each other, or name a file that is unusable.
 */
export type ProcessingHookFactory = (options: ProcessingHookOptions, log: Logger) => ProcessingHook;

/** The hooks of this folder by the name that `[processing]processing_hooks` calls them. */
export const processingHookBuiltIns: ReadonlyMap<string, ProcessingHookFactory> = new Map<
  string,
  ProcessingHookFactory
>([
  ['ramdisk_error', () => ramdiskErrorHook()],
  ['root_disk_selection', ({ processing }) => rootDiskSelectionHook(processing)],
  ['scheduler', ({ processing }) => schedulerHook(processing)],
  ['validate_interfaces', ({ processing }) => validateInterfacesHook(processing)],
  ['capabilities', ({ capabilities }) => capabilitiesHook(capabilities)],
  ['pci_devices', ({ pci_devices: pciDevices }, log) => pciDevicesHook(pciDevices, log)],
  ['lldp_basic', () => lldpBasicHook()],
  ['local_link_connection', ({ processing }) => localLinkConnectionHook(processing)],
  ['accelerators', ({ accelerators }) => acceleratorsHook(accelerators)],
  ['example', () => exampleHook()],
  ['extra_hardware', ({ extra_hardware: extraHardware }) => extraHardwareHook(extraHardware)],
  [
    'physnet_cidr_map',
    ({ port_physnet: portPhysnet, processing }) => physnetCidrMapHook({ ...processing, ...portPhysnet }),
  ],
  ['raid_device', () => raidDeviceHook()],
]);
