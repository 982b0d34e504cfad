import type { LoadedConfiguration } from '../config/load-configuration.ts';
import type { OptionGroup } from '../config/option.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isRoot, mayChangeNetworks, privilegedRunner } from '../host/privileged-command.ts';
import type { Logger } from '../logging/logger.ts';
import { dnsmasqDriver } from './dnsmasq/dnsmasq-driver.ts';
import { dnsmasqOptions } from './dnsmasq/dnsmasq-options.ts';
import type { FilterDriver } from './filter-driver.ts';
import { iptablesDriver } from './iptables/iptables-driver.ts';
import { iptablesOptions } from './iptables/iptables-options.ts';
import { nftablesDriver } from './nftables/nftables-driver.ts';
import { nftablesOptions } from './nftables/nftables-options.ts';
import { noopDriver } from './noop.ts';
import { rootwrapOptions } from './rootwrap-options.ts';

/** What drivers are made from. */
export interface DriverParts {
  readonly config: Pick<LoadedConfiguration, 'get'>;
  readonly log: Logger;
}

/** The options of all drivers. */
export const filterDriverOptionGroups: readonly OptionGroup[] = [
  iptablesOptions,
  dnsmasqOptions,
  nftablesOptions,
];

/** Every driver by the name that `[pxe_filter]driver` knows it by. */
export const pxeFilterBuiltIns: ReadonlyMap<string, (parts: DriverParts) => FilterDriver> = new Map([
  ['noop', noopDriver],
  [
    'iptables',
    ({ config, log }) =>
      iptablesDriver(config.get(iptablesOptions), { run: runner(config, mayChangeNetworks), log }),
  ],
  [
    'dnsmasq',
    ({ config, log }) => dnsmasqDriver(config.get(dnsmasqOptions), { run: runner(config, isRoot), log }),
  ],
  [
    'nftables',
    ({ config, log }) =>
      nftablesDriver(config.get(nftablesOptions), {
        run: runner(config, mayChangeNetworks),
        log,
        usualInterface: config.get(iptablesOptions).dnsmasq_interface,
      }),
  ],
] satisfies [string, (parts: DriverParts) => FilterDriver][]);

function runner(config: DriverParts['config'], isEnough: () => boolean) {
  return privilegedRunner({ rootwrapConfig: config.get(rootwrapOptions).rootwrap_config, isEnough });
}

/**
 * The configured driver, with its options parsed. A driver that is not there is an error and never replaced by one
 * that lets everything through.
 *
 * @param more Those of plug-ins.
 * @throws InspectorError `invalid` naming the drivers there are, or the option that is wrong.
 */
export function filterDriverNamed(
  name: string,
  parts: DriverParts,
  more: ReadonlyMap<string, () => FilterDriver> = new Map(),
): FilterDriver {
  const make = pxeFilterBuiltIns.get(name) ?? more.get(name);
  if (make !== undefined) return make(parts);
  throw new InspectorError(
    'invalid',
    `[pxe_filter]driver: expected one of ${[...pxeFilterBuiltIns.keys(), ...more.keys()].join(', ')}, got "${name}". ` +
      'Set noop where no filtering is wanted, or where another program filters DHCP',
  );
}
