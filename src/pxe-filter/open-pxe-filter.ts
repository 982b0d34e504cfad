import { InspectorError } from '../errors/inspector-error.ts';
import { systemTiming } from './back-off.ts';
import { ethoibNeighbours } from './ethoib.ts';
import { PxeAccess, type PxeAccessParts } from './pxe-access.ts';
import type { PxeFilterService } from './pxe-filter.ts';
import type { PxeFilterOptions } from './pxe-filter-options.ts';
import { unfiltered } from './unfiltered.ts';

/** What PXE access is put together from. */
export interface PxeFilterParts
  extends Pick<PxeAccessParts, 'driver' | 'nodes' | 'bareMetal' | 'clock' | 'log' | 'listener'> {
  readonly options: PxeFilterOptions;
  /** A node-not-found hook is configured. */
  readonly discovery: boolean;
  /** `[iptables]ethoib_interfaces` */
  readonly ethoibInterfaces: readonly string[];
}

/**
 * PXE access with this driver, not yet begun.
 *
 * @throws InspectorError `invalid` for options that contradict each other.
 */
export function openPxeFilter({
  options,
  discovery,
  ethoibInterfaces,
  ...parts
}: PxeFilterParts): PxeFilterService {
  requireNoContradiction(options, discovery);
  if (parts.driver.ignoresAccess === true) return unfiltered(parts.driver, parts);
  return new PxeAccess({
    ...parts,
    rules: { denyUnknown: options.deny_unknown_macs, discovery },
    keepOnExit: options.keep_on_exit,
    neighbours: ethoibInterfaces.length === 0 ? undefined : ethoibNeighbours(ethoibInterfaces, parts.log),
    timing: systemTiming,
  });
}

/** @throws InspectorError `invalid`, in the words of the original, which says so with every driver. */
export function requireNoContradiction(
  { deny_unknown_macs }: Pick<PxeFilterOptions, 'deny_unknown_macs'>,
  discovery: boolean,
): void {
  if (!deny_unknown_macs || !discovery) return;
  throw new InspectorError(
    'invalid',
    'Configuration error: [pxe_filter]deny_unknown_macs isenabled and [processing]node_not_found_hook is enabled.' +
      'These options cannot both be enabled simultaneously.',
  );
}
