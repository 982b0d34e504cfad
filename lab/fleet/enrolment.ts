import { setTimeout as pause } from 'node:timers/promises';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { ServiceClient } from '../../testing/service-client.ts';
import { atOnce } from './at-once.ts';
import { systemPath } from './fleet-bmcs.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { FleetRecord } from './fleet-record.ts';

/** UUIDs of the nodes, by the numbers of their machines. */
export type FleetNodes = Map<number, string>;

/** Where the nodes go, and where their BMCs are. */
export interface Enrolment {
  readonly client: ServiceClient;
  readonly record: FleetRecord;
  readonly bmcPort: number;
  /** Told how many nodes there are. */
  readonly onProgress: (nodes: number) => void;
  readonly signal: AbortSignal;
}

/** Requests to the registry at a time. */
const most = 16;

/**
 * Makes a node of each machine, with ports for its first two cards, and has it managed. A MAC address that another node has
 * already is left out, as the registry wants it.
 *
 * @param nodes Gets each node as soon as it is there, so that all can be removed whatever happens
 * @throws InspectorError `unavailable` for what the registry refuses otherwise
 */
export async function enrol(
  machines: readonly FleetMachine[],
  nodes: FleetNodes,
  on: Enrolment,
): Promise<void> {
  const enrolAll = (some: readonly FleetMachine[]) =>
    atOnce(most, some, async (machine) => {
      on.signal.throwIfAborted();
      const began = performance.now();
      await enrolOne(machine, nodes, on);
      on.record.took('enrolment', performance.now() - began);
      on.onProgress(nodes.size);
    });
  // Who comes first has the MAC address.
  await enrolAll(machines.filter(({ borrowedCard }) => borrowedCard === undefined));
  await enrolAll(machines.filter(({ borrowedCard }) => borrowedCard !== undefined));
}

async function enrolOne(machine: FleetMachine, nodes: FleetNodes, on: Enrolment): Promise<void> {
  const { client, bmcPort } = on;
  const uuid: string = (
    await client.do('POST /baremetal/v1/nodes', {
      name: machine.name,
      driver: 'redfish',
      driver_info: {
        redfish_address: `http://${machine.bmcAddress}:${bmcPort}`,
        redfish_system_id: systemPath(machine.number),
      },
    })
  ).uuid;
  nodes.set(machine.number, uuid);
  for (const [card, address] of machine.cards.slice(0, 2).entries()) {
    const port = { node_uuid: uuid, address, pxe_enabled: card === 0 };
    const { status, text } = await client.ask('POST /baremetal/v1/ports', port);
    const isTaken = status === 409 && machine.borrowedCard === card;
    if (status >= 300 && !isTaken) throw refused(`a port ${address} for ${machine.name}`, status, text);
  }
  await client.do(`PUT /baremetal/v1/nodes/${uuid}/states/provision`, { target: 'manage' });
  await untilManageable(machine, uuid, on);
}

/** Milliseconds: the registry asks the BMC first. */
const patience = 60_000;

async function untilManageable(
  { name }: FleetMachine,
  uuid: string,
  { client, signal }: Enrolment,
): Promise<void> {
  const deadline = performance.now() + patience;
  for (let wait = 10; ; wait = Math.min(2 * wait, 1000)) {
    const node = await client.node(uuid);
    if (node.provision_state === 'manageable') return;
    if (node.last_error !== null || performance.now() > deadline) {
      throw refused(`${name} as manageable`, node.provision_state, node.last_error);
    }
    await pause(wait, undefined, { signal });
  }
}

function refused(what: string, status: string | number, text: string | null): InspectorError {
  return new InspectorError('unavailable', `The registry does not take ${what}: ${status} ${text}`);
}

/** Deletes the nodes; one that is being worked on is tried again for a while. @returns how many stay */
export async function removeNodes(nodes: FleetNodes, client: ServiceClient): Promise<number> {
  await atOnce(most, [...nodes], async ([number, uuid]) => {
    for (let tries = 0; tries < 20; tries += 1) {
      const { status } = await client.ask(`DELETE /baremetal/v1/nodes/${uuid}`);
      if (status < 300 || status === 404) {
        nodes.delete(number);
        return;
      }
      await pause(500);
    }
  });
  return nodes.size;
}
