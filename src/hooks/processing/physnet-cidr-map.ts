import { list, type OptionsOf, optionGroup } from '../../config/option.ts';
import { textOf } from '../../inventory/inventory.ts';
import { networkNames } from '../cidr-map.ts';
import { physicalNetworkHook } from '../physical-network-hook.ts';
import type { ProcessingHook } from '../processing-hook.ts';
import type { processingOptions } from '../processing-options.ts';

export const portPhysnetOptions = optionGroup('port_physnet', {
  cidr_map: list({
    default: [],
    sampleDefault: '10.10.10.0/24:physnet_a,2001:db8::/64:physnet_b',
    help: 'Which physical network an IP network belongs to, as network:name. A port gets the name of the first network of the list that an address of its interface is in.',
  }),
});

type Options = OptionsOf<typeof portPhysnetOptions.options> &
  Pick<OptionsOf<typeof processingOptions.options>, 'overwrite_existing'>;

/**
 * Sets the physical network of ports by the IP addresses of their interfaces: the IPv4 address, and the IPv6 address
 * where that is in no network of the list. The original stops at the first address that there is
 * (docs/compatibility.md, physnet-all-addresses).
 *
 * @throws InspectorError `invalid` naming a malformed entry of the list.
 */
export function physnetCidrMapHook(options: Options): ProcessingHook {
  const nameOf = networkNames(options.cidr_map);
  return physicalNetworkHook({
    name: 'physnet_cidr_map',
    overwriteExisting: options.overwrite_existing,
    networkOf({ ipv4_address: ipv4, ipv6_address: ipv6 }) {
      return nameOf(textOf(ipv4) ?? '') ?? nameOf(textOf(ipv6) ?? '');
    },
  });
}
