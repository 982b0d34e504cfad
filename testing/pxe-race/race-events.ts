import { setTimeout as wait } from 'node:timers/promises';
import type { JsonObject } from '../../src/json/json-value.ts';
import { nic, ramdiskData } from '../ramdisk-data-builder.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { eventually } from '../service-client.ts';
import type { RaceChecks } from './race-checks.ts';
import { cardsOf, type Machine, type MacState, type RaceModel } from './race-model.ts';
import type { RaceNetwork } from './race-network.ts';
import type { RaceService } from './race-service.ts';

/** What events work on. */
export interface RaceParts {
  readonly network: Pick<RaceNetwork, 'deploys'>;
  readonly service: RaceService;
  readonly model: RaceModel;
  readonly checks: RaceChecks;
}

/** Something that happens to a machine; the model knows afterwards. */
export interface RaceEvent {
  /** How often it is taken, among those that are possible. */
  readonly weight: number;
  /** It may let machines in that no node is known of. */
  readonly opens?: boolean;
  /** The service may be killed at any moment of it, and what has come of it can be read from the service. */
  readonly mayBeCut?: boolean;
  isPossible(machine: Machine, model: RaceModel): boolean;
  run(on: RaceParts, machine: Machine, random: SeededRandom): Promise<void>;
}

const isIdle = ({ isThere, isUnderWay }: Machine) => isThere && !isUnderWay;
const isNowhere = ({ isThere, isUnderWay }: Machine) => !isThere && !isUnderWay;
const isInspected = ({ isThere, isUnderWay }: Machine) => isThere && isUnderWay;

export const eventNames = [
  'start',
  'callback',
  'failing callback',
  'abort',
  'start and abort at once',
  'time-out',
  'node made',
  'node removed',
  'port made',
  'port removed',
  'discovery',
] as const;
export type EventName = (typeof eventNames)[number];

/** All that may happen to a machine. */
export const raceEvents: Readonly<Record<EventName, RaceEvent>> = {
  start: { weight: 16, opens: true, mayBeCut: true, isPossible: isIdle, run: start },
  callback: {
    weight: 10,
    mayBeCut: true,
    isPossible: isInspected,
    run: (on, machine, random) => callBack(on, machine, random.once(3)),
  },
  'failing callback': { weight: 2, mayBeCut: true, isPossible: isInspected, run: fail },
  abort: { weight: 6, mayBeCut: true, isPossible: isInspected, run: abort },
  'start and abort at once': {
    weight: 2,
    opens: true,
    mayBeCut: true,
    isPossible: isIdle,
    async run(on, machine) {
      await beginStart(on, machine);
      await abort(on, machine);
    },
  },
  'time-out': { weight: 2, isPossible: ({ isUnderWay }) => isUnderWay, run: timeOut },
  'node made': { weight: 2, isPossible: isNowhere, run: makeNode },
  'node removed': { weight: 1, isPossible: ({ isThere }) => isThere, run: removeNode },
  'port made': {
    weight: 1,
    isPossible: ({ isThere, ports, extraMac }) => isThere && !ports.has(extraMac),
    run: makePort,
  },
  'port removed': { weight: 1, isPossible: ({ ports, extraMac }) => ports.has(extraMac), run: removePort },
  discovery: {
    weight: 8,
    isPossible: (machine, { variant }) => variant === 'discovery' && isNowhere(machine),
    run: discover,
  },
};

/** A start that the API has accepted. */
async function beginStart({ network, service }: RaceParts, machine: Machine): Promise<void> {
  for (const mac of machine.ports) network.deploys(mac, false);
  const query = machine.bmc === undefined ? '?manage_boot=0' : '';
  await patiently(() => service.client.ask(`POST /v1/introspection/${machine.uuid}${query}`));
}

async function start(on: RaceParts, machine: Machine): Promise<void> {
  await beginStart(on, machine);
  // Without managed boot all is done when the API answers.
  if (machine.bmc !== undefined) await on.service.client.until(uuidOf(machine), 'waiting');
  // Nothing comes from a machine that has no power yet.
  await untilSwitched(on, machine);
  machine.isUnderWay = true;
  machine.lookedUp = new Set(machine.ports);
  on.checks.told(machine.ports);
  await on.checks.now(machine.ports, 'after the start');
}

async function callBack(on: RaceParts, machine: Machine, withExtra: boolean): Promise<void> {
  const macs = withExtra ? cardsOf(machine) : machine.macs;
  const { body } = await patiently(() => on.service.client.callBack(dataOf(machine, macs)));
  if (body.uuid !== machine.uuid) throw new Error(`expected node ${machine.uuid}, got ${body.uuid}`);
  await on.service.client.untilEnded(uuidOf(machine));
  machine.ports = new Set([...machine.ports, ...macs]);
  on.checks.told(macs);
  await ended(on, machine, 'finished');
}

async function fail(on: RaceParts, machine: Machine): Promise<void> {
  const data = { ...dataOf(machine, machine.macs), error: 'no disks' };
  await on.service.client.callBack(data);
  await on.service.client.untilEnded(uuidOf(machine));
  await ended(on, machine, 'failed');
}

async function abort(on: RaceParts, machine: Machine): Promise<void> {
  const uuid = uuidOf(machine);
  await patiently(() => on.service.client.ask(`POST /v1/introspection/${uuid}/abort`));
  await on.service.client.untilEnded(uuid);
  await ended(on, machine, 'aborted');
}

/** Also of a node that is no more. */
async function timeOut(on: RaceParts, machine: Machine): Promise<void> {
  on.service.backdate(uuidOf(machine));
  await on.service.client.untilEnded(uuidOf(machine));
  await ended(on, machine, 'timed out');
}

/** The API has told of the end. */
async function ended(
  { network, service, checks }: RaceParts,
  machine: Machine,
  last: MacState,
): Promise<void> {
  machine.isUnderWay = false;
  machine.lookedUp = new Set();
  machine.last = machine.isThere ? last : 'removed';
  // The deployment uses it once it has ended.
  for (const mac of machine.ports) network.deploys(mac, true);
  await checks.closes(machine.ports, `after it was ${machine.last}`, letGo(service, uuidOf(machine)));
}

/** There is nothing to abort any more, but that is said only when nobody is at work on the node. */
async function letGo(service: RaceService, uuid: string): Promise<void> {
  await patiently(() => service.client.ask(`POST /v1/introspection/${uuid}/abort`));
}

async function makeNode({ network, service, checks }: RaceParts, machine: Machine): Promise<void> {
  const bmc =
    machine.bmc === undefined ? {} : { driver: 'redfish', driver_info: { redfish_address: machine.bmc } };
  machine.uuid = await service.client.createNode(bmc, machine.macs);
  machine.isThere = true;
  machine.ports = new Set(machine.macs);
  machine.last = 'unknown';
  checks.changedElsewhere(machine.ports);
  for (const mac of machine.ports) network.deploys(mac, true);
}

async function removeNode({ network, service, checks }: RaceParts, machine: Machine): Promise<void> {
  await patiently(() => service.client.ask(`DELETE /baremetal/v1/nodes/${machine.uuid}`));
  for (const mac of machine.ports) network.deploys(mac, false);
  checks.changedElsewhere(machine.ports);
  machine.isThere = false;
  machine.ports = new Set();
  machine.last = 'removed';
}

async function makePort({ network, service, checks }: RaceParts, machine: Machine): Promise<void> {
  const address = machine.extraMac;
  await service.client.do('POST /baremetal/v1/ports', { node_uuid: uuidOf(machine), address });
  machine.ports = new Set([...machine.ports, address]);
  checks.changedElsewhere([address]);
  network.deploys(address, !machine.lookedUp.has(address));
}

async function removePort({ network, service, checks }: RaceParts, machine: Machine): Promise<void> {
  const address = machine.extraMac;
  const { ports } = await service.client.do(`GET /baremetal/v1/ports?address=${address}`);
  await patiently(() => service.client.ask(`DELETE /baremetal/v1/ports/${ports[0].uuid}`));
  network.deploys(address, false);
  machine.ports = new Set(machine.macs);
  checks.changedElsewhere([address]);
}

async function discover(on: RaceParts, machine: Machine): Promise<void> {
  const { body } = await patiently(() => on.service.client.callBack(dataOf(machine, machine.macs)));
  machine.uuid = String(body.uuid);
  await on.service.client.untilEnded(machine.uuid);
  machine.isThere = true;
  machine.ports = new Set(machine.macs);
  on.checks.told(machine.ports);
  await ended(on, machine, 'finished');
}

/** Takes over from the service what has become of a machine while it was killed. */
export async function learn({ network, service, checks }: RaceParts, machine: Machine): Promise<void> {
  const uuid = uuidOf(machine);
  const { body } = await eventually(
    () => service.client.ask(`GET /v1/introspection/${uuid}`),
    ({ status, body: { state } }) => status === 404 || ['waiting', 'finished', 'error'].includes(state),
  );
  await untilSwitched({ service }, machine);
  const wasUnderWay = machine.isUnderWay;
  machine.isUnderWay = body.state === 'waiting';
  machine.ports = new Set(await service.client.portsOf(uuid));
  if (!machine.isUnderWay) machine.lookedUp = new Set();
  // A port that was made since the start is known by the callback, which has not been taken in.
  else if (!wasUnderWay) machine.lookedUp = machine.ports;
  if (body.state === 'finished') machine.last = 'finished';
  if (body.state === 'error') machine.last = body.error.startsWith('Canceled') ? 'aborted' : 'failed';
  for (const mac of cardsOf(machine)) {
    network.deploys(mac, machine.ports.has(mac) && !machine.lookedUp.has(mac));
  }
  if (!machine.isUnderWay && body.state !== undefined) await letGo(service, uuid);
  await checks.now(machine.ports, 'after a crash');
}

/** The registry has done what it was asked for. */
async function untilSwitched({ service }: Pick<RaceParts, 'service'>, machine: Machine): Promise<void> {
  await service.client.untilNode(uuidOf(machine), ({ target_power_state }) => target_power_state === null);
}

function uuidOf({ name, uuid }: Machine): string {
  if (uuid === undefined) throw new Error(`${name} has no node`);
  return uuid;
}

/** Repeats what is refused while the node is being worked on. */
async function patiently<T extends { status: number; text: string }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (answer.status < 300) return answer;
    if (answer.status !== 409 || tries === 500) {
      throw new Error(`expected success, got ${answer.status} ${answer.text}`);
    }
    await wait(10);
  }
}

/** What its ramdisk posts. */
function dataOf({ name, bmc, macs: [boot = ''] }: Machine, macs: readonly string[]): JsonObject {
  const number = Number(/\d+/.exec(name)?.[0]);
  return ramdiskData({
    'inventory.interfaces': macs.map((mac_address, index) =>
      nic({ name: `eno${index + 1}`, mac_address, ipv4_address: `198.51.100.${index + 1}` }),
    ),
    'inventory.boot.pxe_interface': boot,
    'inventory.bmc_address': bmc === undefined ? `192.0.2.${number}` : null,
    boot_interface: `01-${boot.replaceAll(':', '-')}`,
  });
}
