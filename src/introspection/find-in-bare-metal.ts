import { InspectorError } from '../errors/inspector-error.ts';
import { pythonRepr } from '../json/python-repr.ts';
import { bmcAddresses } from '../nodes/bmc-address.ts';
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
  const matches = await nodesByBmc(on, addresses);
  return matches[0];
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

async function nodesByBmc(on: Searching, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const nodes = await on.bareMetal.listNodes(['uuid', 'driver_info']);
  const resolved = await Promise.all(nodes.map((node) => bmcAddresses(node, on.bmc, on.log)));
  return nodes.flatMap((node, i) =>
    resolved[i]?.some((address) => addresses.includes(address)) ? [node.uuid] : [],
  );
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
