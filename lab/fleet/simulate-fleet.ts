import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { RawFrames } from '../../testing/raw-frames.ts';
import { ServiceClient } from '../../testing/service-client.ts';
import { BesideDeployment } from './beside-deployment.ts';
import { deploymentDhcp } from './deployment-dhcp.ts';
import { DhcpWatch } from './dhcp-watch.ts';
import { enrol, type FleetNodes, removeNodes } from './enrolment.ts';
import { accountOf, type FleetAccount } from './fleet-account.ts';
import { fleetBmcs } from './fleet-bmcs.ts';
import { fleetDhcp } from './fleet-dhcp.ts';
import { type FleetMachine, planFleet } from './fleet-machine.ts';
import { fleetPace } from './fleet-pace.ts';
import type { Trait } from './fleet-profile.ts';
import { FleetRecord } from './fleet-record.ts';
import { introspect, type Outcome, type StartWay } from './introspect-fleet.ts';
import { machineLife } from './machine-life.ts';
import { simulatedPower } from './simulated-power.ts';

/** A fleet, and the service that is to introspect it. */
export interface FleetOptions {
  /** URL of the service, with the registry under `/baremetal`. */
  readonly service: string;
  readonly machines: number;
  readonly traits: ReadonlySet<Trait>;
  readonly seed: number;
  /** How many times as fast as real machines they boot. */
  readonly speed: number;
  readonly start: StartWay;
  /** Where BMCs listen, and the address of each as the service reaches it. */
  readonly bmcs: {
    readonly host: string;
    readonly port: number;
    readonly addressOf: (number: number) => string;
  };
  /** The cable to DHCP, and what is booted, by TFTP or HTTP; without it, machines call back as soon as they are on. */
  readonly network?:
    | {
        readonly frames: RawFrames;
        readonly bootFile: string;
        /** The deployment's DHCP server on the same cable, as `DeploymentDhcp` has it. */
        readonly deployment?: { readonly address: string; readonly hosts: string } | undefined;
      }
    | undefined;
  /** Seconds after which machines that are late call back: more than the time-out of the service. */
  readonly lateness: number;
  /** Seconds after which introspections that still run are left. */
  readonly patience: number;
  /** Whether the nodes stay. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  /** Told what is being done, a line at a time. */
  readonly tell: (line: string) => void;
}

/**
 * Plays a fleet: enrolls its machines as nodes, has them introspected, boots each when its BMC is told so, and removes the
 * nodes.
 *
 * @returns what came of it
 * @throws AbortError when the signal tells so; the nodes are removed first
 */
export async function simulateFleet(options: FleetOptions): Promise<FleetAccount> {
  const { machines: count, traits, seed, bmcs, signal, tell } = options;
  const idleCount = options.network?.deployment === undefined ? 0 : idleBeside(count);
  const all = planFleet({ machines: count + idleCount, traits, seed, bmcAddress: bmcs.addressOf });
  const [machines, idle] = [all.slice(0, count), all.slice(count)];
  const record = new FleetRecord();
  const client = new ServiceClient(options.service);
  const nodes: FleetNodes = new Map();
  const { powers, besides } = fleetOf(machines, idle, record, options);
  const server = fleetBmcs(powers);
  try {
    server.listen(bmcs.port, bmcs.host);
    await once(server, 'listening');
    const { port: bmcPort } = server.address() as AddressInfo;
    tell(`enrolling ${all.length} nodes`);
    const onEnrolled = everyFew((made) => tell(`enrolled ${made} of ${all.length}`));
    await enrol(all, nodes, { client, record, bmcPort, signal, onProgress: onEnrolled });
    await besides?.begin();
    tell('starting the introspections');
    const began = performance.now();
    const { patience, start } = options;
    const onProgress = everyFew((over) => tell(`${progressOf(record)}; ${over} of ${count} are over`));
    const introspected = new Map([...nodes].filter(([number]) => number < count));
    const numberOf = new Map([...nodes].map(([number, uuid]) => [uuid, number]));
    const onOver = besides && ((uuid: string, end: Outcome) => besides.over(numberOf.get(uuid), end));
    const found = await introspect(introspected, start, { client, patience, signal, onProgress, onOver });
    const seconds = (performance.now() - began) / 1000;
    await besides?.end();
    // Those that are late come when all is over.
    await settle(record, options);
    return accountOf({
      machines,
      record,
      outcomes: byNumber(nodes, found),
      seconds,
      ...(besides === undefined ? {} : { besides }),
    });
  } finally {
    besides?.stop();
    if (!options.keep) await remove(nodes, client, tell);
    for (const power of powers) await power.off();
    await close(server);
    await client.close();
  }
}

/** A tenth more, within what a DHCP server bears that is asked by all of them the whole time. */
function idleBeside(machines: number): number {
  return Math.min(300, Math.max(2, Math.ceil(machines / 10)));
}

function fleetOf(
  machines: readonly FleetMachine[],
  idle: readonly FleetMachine[],
  record: FleetRecord,
  { network, service, speed, lateness, signal }: FleetOptions,
) {
  const pace = fleetPace(speed);
  const deployment = network?.deployment && deploymentDhcp(network.deployment);
  const watch = deployment && new DhcpWatch(deployment.address);
  const dhcp = network && fleetDhcp(network.frames, (reply) => watch?.saw(reply));
  const around = {
    record,
    pace,
    network: network && dhcp && { dhcp, bootFile: new URL(network.bootFile), deployment },
    callback: new URL('/v1/continue', service),
    lateness,
  };
  const powers = [...machines, ...idle].map((machine) => {
    const onOff = () => record.reached(machine.number, 'powered-off');
    return simulatedPower(machineLife(machine, around), onOff);
  });
  const besides =
    deployment &&
    watch &&
    dhcp &&
    new BesideDeployment({ idle, machines, powers, deployment, dhcp, watch, record, pace, signal });
  return { powers, besides };
}

/** Until no machine does anything any more, or there was time enough for that. */
async function settle(record: FleetRecord, { lateness, signal }: FleetOptions): Promise<void> {
  const deadline = performance.now() + lateness * 1000;
  while (record.busy > 0 && performance.now() < deadline) await pause(50, undefined, { signal });
}

const secondsBetweenLines = 5;

/** Passes a number on now and then. */
function everyFew(report: (number: number) => void): (number: number) => void {
  let next = performance.now() + secondsBetweenLines * 1000;
  return (number) => {
    if (performance.now() < next) return;
    next = performance.now() + secondsBetweenLines * 1000;
    report(number);
  };
}

function progressOf(record: FleetRecord): string {
  const shown = ['powered-on', 'ramdisk-up', 'accepted', 'powered-off'] as const;
  return shown.map((stage) => `${stage} ${record.machinesAt(stage)}`).join(', ');
}

function byNumber(nodes: FleetNodes, outcomes: ReadonlyMap<string, Outcome>): Map<number, Outcome> {
  return new Map(
    [...nodes].flatMap(([number, uuid]): [number, Outcome][] => {
      const outcome = outcomes.get(uuid);
      return outcome === undefined ? [] : [[number, outcome]];
    }),
  );
}

async function remove(nodes: FleetNodes, client: ServiceClient, tell: FleetOptions['tell']): Promise<void> {
  tell(`removing ${nodes.size} nodes`);
  const left = await removeNodes(nodes, client);
  if (left > 0) tell(`${left} nodes could not be removed`);
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
}
