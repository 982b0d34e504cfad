import type { NetworkInterfaceInfo } from 'node:os';
import { biosNames } from './bios-names.ts';
import { infinibandIdentity } from './infiniband.ts';
import { interfaceNames } from './interface-names.ts';
import type { LldpByInterface, NetworkInterface } from './introspection-document.ts';
import type { Machine } from './machine.ts';
import { permanentMacs } from './permanent-macs.ts';

const noAddress = /^(00:)*00$/;
const changedByHand = 3;
const neutronPrefix = 'fa:16:3e:';

/** The machine's interfaces, each with what its LLDP neighbour said. Those without a MAC are left out. */
export async function readInterfaces(
  machine: Machine,
  neighbours: LldpByInterface,
): Promise<NetworkInterface[]> {
  const names = interfaceNames(machine);
  const permanent = permanentMacs(machine.files);
  const addresses = machine.addresses();
  const biosName = await biosNames(machine, names);
  return names.flatMap((name) => {
    const mac = macOf(machine, name, permanent);
    if (mac === null) return [];
    const lldp = Object.hasOwn(neighbours, name) ? (neighbours[name] ?? null) : null;
    return [
      {
        ...describe(machine, name, mac, addresses[name] ?? []),
        lldp,
        biosdevname: biosName.get(name) ?? null,
      },
    ];
  });
}

function describe(
  { files }: Machine,
  name: string,
  address: string,
  addresses: readonly NetworkInterfaceInfo[],
): NetworkInterface {
  const path = `/sys/class/net/${name}`;
  const vendor = files.text(`${path}/device/vendor`);
  const infiniband = infinibandIdentity(address, vendor);
  const speed = files.number(`${path}/speed`);
  return {
    name,
    mac_address: infiniband?.mac ?? address,
    ipv4_address: addresses.find(({ family }) => family === 'IPv4')?.address ?? null,
    ipv6_address: firstIpv6(name, addresses),
    has_carrier: files.text(`${path}/carrier`) === '1',
    lldp: null,
    vendor,
    product: files.text(`${path}/device/device`),
    client_id: infiniband?.clientId ?? null,
    biosdevname: null,
    // An unknown speed reads as -1, in older kernels as 2^32 - 1.
    speed_mbps: speed !== null && speed > 0 && speed < 2 ** 31 ? speed : null,
    pci_address: files.linkName(`${path}/device`),
    driver: files.linkName(`${path}/device/driver`),
  };
}

function firstIpv6(name: string, addresses: readonly NetworkInterfaceInfo[]): string | null {
  const first = addresses.find((info) => info.family === 'IPv6');
  if (first === undefined) return null;
  return first.scopeid === 0 ? first.address : `${first.address}%${name}`;
}

/** The MAC that the hardware was built with as far as it is known, in lower case; `null` to leave the interface out. */
function macOf(
  { files, notes }: Machine,
  name: string,
  permanent: ReadonlyMap<string, string>,
): string | null {
  const path = `/sys/class/net/${name}`;
  const mac = permanent.get(name) ?? files.text(`${path}/address`)?.toLowerCase() ?? null;
  if (mac === null || noAddress.test(mac)) return null;
  const fact = `inventory.interfaces (${name})`;
  if (mac.startsWith('fa:') && !mac.startsWith(neutronPrefix)) {
    // Service processors give such addresses to the network card that they show to the host
    // (docs/compatibility.md, agent-fa-macs).
    notes.add(
      fact,
      `${mac} is locally administered, as an in-band BMC connection has it`,
      'nothing; it is no port',
    );
    return null;
  }
  const isHardware = files.exists(`${path}/device`) && !permanent.has(name);
  if (isHardware && files.number(`${path}/addr_assign_type`) === changedByHand) {
    const reason = `${mac} was set by hand, and the MAC it was built with cannot be read from /sys`;
    notes.add(fact, reason, `compare with "ethtool -P ${name}"`);
  }
  return mac;
}
