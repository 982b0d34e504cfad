import { InspectorError } from '../errors/inspector-error.ts';
import { noopFilter } from './noop.ts';
import type { PxeFilter } from './pxe-filter.ts';

/** Every driver by the name that `[pxe_filter]driver` knows it by. */
export const pxeFilterBuiltIns: ReadonlyMap<string, () => PxeFilter> = new Map([['noop', noopFilter]]);

/**
 * The configured driver. A driver that is not there is an error and never replaced by one that lets
 * everything through.
 *
 * @param more Those of plug-ins.
 * @throws InspectorError `invalid` naming the drivers there are.
 */
export function pxeFilterNamed(
  name: string,
  more: ReadonlyMap<string, () => PxeFilter> = new Map(),
): PxeFilter {
  const make = pxeFilterBuiltIns.get(name) ?? more.get(name);
  if (make !== undefined) return make();
  throw new InspectorError(
    'invalid',
    `[pxe_filter]driver: expected one of ${[...pxeFilterBuiltIns.keys(), ...more.keys()].join(', ')}, got "${name}". ` +
      'Set noop where no filtering is wanted, or where another program filters DHCP',
  );
}
