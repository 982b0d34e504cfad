import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from '../json/python-repr.ts';
import { bmcPlace, resolvedBmc } from '../nodes/bmc-address.ts';
import type { Introspection } from './introspection.ts';

interface Attributes {
  readonly mac: readonly string[];
  readonly bmc_address: readonly string[];
}

type Searching = Pick<Introspection, 'bareMetal' | 'bmc' | 'log'>;

/** The node whose BMC, by its `driver_info`, has one of these addresses. */
export async function findByBmcAddress(
  on: Searching,
  addresses: readonly string[],
): Promise<string | undefined> {
  const [first] = await nodesByBmc(on, addresses, 1);
  return first;
}

/**
 * A node in use that was not started: by its ports' MACs and its BMC's address.
 *
 * @throws InspectorError `invalid` when several nodes match, or the one that does is not in use.
 */
export async function findInUse(on: Searching, attributes: Attributes): Promise<string | undefined> {
  const byMac = one('MAC addresses', attributes.mac, await nodesByMac(on, attributes.mac));
  const byBmc = one('BMC addresses', attributes.bmc_address, await nodesByBmc(on, attributes.bmc_address));
  if (byMac !== undefined && byBmc !== undefined && byMac !== byBmc) {
    const shown = `MAC addresses ${listed(attributes.mac)} and BMC addresses ${listed(attributes.bmc_address)}`;
    throw new InspectorError('invalid', `${shown} correspond to different nodes: ${byMac} and ${byBmc}`);
  }
  const uuid = byMac ?? byBmc;
  if (uuid === undefined) return undefined;
  const { provision_state: state } = await on.bareMetal.getNode(uuid);
  if (state === 'active' || state === 'rescue') return uuid;
  throw new InspectorError('invalid', `Node ${uuid} is not active, its provision state is ${state}`);
}

async function nodesByMac(on: Searching, macs: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const mac of macs) {
    const port = await on.bareMetal.findPortByAddress(mac);
    if (port !== undefined) found.add(port.node_uuid);
  }
  return [...found];
}

/** Names that are resolved at once; the system has few threads for it, and a name server much to do. */
const namesAtOnce = 4;

/** Up to `most` nodes, in the order of their list; those that have an address of their own are found before names are resolved. */
async function nodesByBmc(
  on: Searching,
  addresses: readonly string[],
  most = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  if (addresses.length === 0) return [];
  return on.bmc.searchInTurn(async () => {
    const nodes = await on.bareMetal.listNodes(['uuid', 'driver_info']);
    const found = new Set<BareMetalNode>();
    const look = (node: BareMetalNode, its: readonly string[]) => {
      if (its.some((address) => addresses.includes(address))) found.add(node);
    };
    const named: { readonly node: BareMetalNode; readonly name: string }[] = [];
    for (const node of nodes) {
      const place = bmcPlace(node, on.bmc.fields, on.log);
      if ('name' in place) named.push({ node, name: place.name });
      else look(node, place.addresses);
    }
    const left = named.values();
    const resolveNext = async () => {
      for (const { node, name } of left) {
        if (found.size >= most) return;
        look(node, await resolvedBmc(node, name, on.bmc.resolve, on.log));
      }
    };
    await Promise.all(Array.from({ length: namesAtOnce }, resolveNext));
    return nodes.filter((node) => found.has(node)).map(({ uuid }) => uuid);
  });
}

function one(what: string, values: readonly string[], uuids: readonly string[]): string | undefined {
  if (uuids.length <= 1) return uuids[0];
  throw new InspectorError(
    'invalid',
    `${what} ${listed(values)} correspond to more than one node: ${listed(uuids)}`,
  );
}

function listed(values: readonly string[]): string {
  return pythonRepr([...values]);
}
