import type { OptionsOf } from '../../config/option.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import { processingOptions } from '../processing-options.ts';
import { capabilitiesHook, capabilitiesOptions } from './capabilities.ts';
import { pciDevicesHook, pciDevicesOptions } from './pci-devices.ts';
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
] as const;

/** The values of those sections, by section name. */
export interface ProcessingHookOptions {
  readonly processing: OptionsOf<typeof processingOptions.options> &
    OptionsOf<typeof rootDiskSelectionOptions.options> &
    OptionsOf<typeof validateInterfacesOptions.options>;
  readonly capabilities: OptionsOf<typeof capabilitiesOptions.options>;
  readonly pci_devices: OptionsOf<typeof pciDevicesOptions.options>;
}

/**
 * Makes a hook of the configuration, once, at start-up.
 *
 * @throws InspectorError when the options that concern the hook contradict each other.
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
]);
