/** Octets of a hardware address of IP over InfiniBand: queue pair and GID. */
const addressLength = '00:'.repeat(20).length - 1;
const mellanox = '0x15b3';

// RFC 4390: type 0xff, an IAID, a DUID made of the vendor's id; then the port's GUID.
const clientIdPrefix = 'ff:00:00:00:00:00:02:00:00:02:c9:00:';

/**
 * What a Mellanox InfiniBand port is known by: DHCP knows it by a client identifier, and Ironic by a MAC made of
 * the outer octets of its GUID. Other makes, and Ethernet, give `null`: their address stands for itself.
 */
export function infinibandIdentity(
  address: string,
  vendor: string | null,
): { readonly mac: string; readonly clientId: string } | null {
  if (address.length !== addressLength || vendor !== mellanox) return null;
  const guid = address.split(':').slice(12);
  return {
    mac: [...guid.slice(0, 3), ...guid.slice(5)].join(':'),
    clientId: clientIdPrefix + guid.join(':'),
  };
}
