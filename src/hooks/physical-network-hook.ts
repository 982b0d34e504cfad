import { inventoryOf, textOf } from '../inventory/inventory.ts';
import { isTruthy } from '../inventory/is-truthy.ts';
import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import { isObject, type JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { DraftPort, NodeDraft } from '../nodes/node-draft.ts';
import { connectivityIsFixed } from './connectivity.ts';
import type { ProcessingHook } from './processing-hook.ts';

/** What tells the physical networks of ports. */
export interface PhysicalNetworkSource {
  /** The hook's name. */
  readonly name: string;
  /** `[processing]overwrite_existing`: whether a port that has a network gets another one. */
  readonly overwriteExisting: boolean;
  /** The physical network of an interface of the inventory; `undefined` when it is not known. */
  networkOf(nic: JsonObject, port: Readonly<DraftPort>, data: RamdiskData): string | undefined;
}

/**
 * A hook that sets `physical_network` of the node's ports, by whatever the source goes by. It comes after
 * `validate_interfaces`, and looks at the interfaces that one has found.
 */
export function physicalNetworkHook(source: PhysicalNetworkSource): ProcessingHook {
  return {
    name: source.name,
    beforeUpdate(data, node, { log }) {
      if (connectivityIsFixed(node, log)) return;
      for (const nic of inventoryOf(data, log).interfaces) {
        const port = portOf(nic, data, node);
        if (port === undefined)
          log.debug(`Interface ${textOf(nic.name)?.slice(0, 64) ?? ''} has no port of the node`);
        else setNetwork(node, port, source, source.networkOf(nic, port, data), log);
      }
    },
  };
}

/** An agent may write a MAC address in capitals; the original finds no port then (docs/compatibility.md, nic-mac-case). */
function portOf(nic: JsonObject, data: RamdiskData, node: NodeDraft): Readonly<DraftPort> | undefined {
  const name = textOf(nic.name);
  const isKnown =
    name !== undefined && isObject(data.all_interfaces) && Object.hasOwn(data.all_interfaces, name);
  return isKnown ? node.ports.get(textOf(nic.mac_address)?.toLowerCase() ?? '') : undefined;
}

/**
 * With `overwrite_existing` off, only a port without a network gets one; the original sets none at all then
 * (docs/compatibility.md, physnet-no-overwrite).
 */
function setNetwork(
  node: NodeDraft,
  { address, physical_network: current }: Readonly<DraftPort>,
  { overwriteExisting }: PhysicalNetworkSource,
  network: string | undefined,
  log: Logger,
): void {
  if (network === undefined) log.debug(`No physical network is known for port ${address}`);
  else if (!overwriteExisting && isTruthy(current)) log.debug(`Port ${address} keeps its physical network`);
  else {
    const operation = { op: 'add', path: '/physical_network', value: network } as const;
    node.patchPort(address, [operation], { refusalIsHarmless: true });
  }
}
