import { messageOf } from '../../src/errors/inspector-error.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { callBack } from './call-back.ts';
import type { DeploymentDhcp } from './deployment-dhcp.ts';
import { fetchBootFile } from './fetch-boot-file.ts';
import { type FleetDhcp, ipxeWaits, type Lease } from './fleet-dhcp.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { FleetPace } from './fleet-pace.ts';
import type { FleetRecord } from './fleet-record.ts';
import { machineDocument } from './machine-document.ts';
import { type MachineLink, machineLink } from './machine-link.ts';
import type { MachineLife } from './simulated-power.ts';

/** What is around a machine. */
export interface Surroundings {
  readonly record: FleetRecord;
  readonly pace: FleetPace;
  /** The network that it boots over; without it, the machine calls back with no address of its own. */
  readonly network?:
    | {
        readonly dhcp: FleetDhcp;
        readonly bootFile: URL;
        /** Who gets an address from it boots what it says, which is no ramdisk. */
        readonly deployment?: DeploymentDhcp | undefined;
      }
    | undefined;
  /** `/v1/continue` of the service. */
  readonly callback: URL;
  /** Seconds, by the clock, after which a machine that is late calls back. */
  readonly lateness: number;
}

/** Milliseconds that a usual machine takes, each time up to half as long again. */
const usual = { firmware: 2000, kernel: 3000, collectors: 1000, refusal: 1000 };
const slowness = 4;
const slowUpload = 5000;

/** Milliseconds by the clock, as the server goes by it when it sends a packet again. */
const tftpWait = 1000;

/** Firmware begins again when it finds nothing to boot; so often at most. */
const bootTries = 3;

/** The ramdisk is more patient than the firmware, and asks as often as it takes for an answer to a lossy link. */
const ramdiskWaits = [...ipxeWaits, ...ipxeWaits, ...ipxeWaits];

/** A machine from power-on to power-off: firmware, DHCP, boot file, ramdisk, DHCP again, and its callback. */
export function machineLife(machine: FleetMachine, around: Surroundings): MachineLife {
  const { record } = around;
  const link = machineLink(machine, record.lost);
  const random = seededRandom(machine.seed + 1);
  return async (boot, signal) => {
    const on = { machine, link, signal, around, lasts: (part: keyof typeof usual) => duration(part) };
    record.busy += 1;
    try {
      record.reached(machine.number, 'powered-on');
      if (boot === 'disk') record.reached(machine.number, 'booted-from-disk');
      else await bootRamdisk(on);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      record.busy -= 1;
    }
  };

  function duration(part: keyof typeof usual): number {
    const most = usual[part] * (machine.traits.has('slow') ? slowness : 1);
    return most + random.below(most / 2);
  }
}

interface Life {
  readonly machine: FleetMachine;
  readonly link: MachineLink;
  readonly signal: AbortSignal;
  readonly around: Surroundings;
  readonly lasts: (part: keyof typeof usual) => number;
}

async function bootRamdisk(life: Life): Promise<void> {
  const { machine, signal, around, lasts } = life;
  const { record, pace } = around;
  const began = performance.now();
  const isBooted = await bootOverNetwork(life);
  if (!isBooted) return;
  await pace.sleep(lasts('kernel'), signal);
  const lease = await leaseOf(life, ramdiskWaits);
  if (lease === 'none') return;
  record.reached(machine.number, 'ramdisk-up');
  await pace.sleep(lasts('collectors'), signal);
  if (machine.traits.has('late')) {
    const left = around.lateness * 1000 - (performance.now() - began);
    await pace.sleep(Math.max(0, left) * pace.speed, signal);
  }
  record.took('power-on to callback', performance.now() - began);
  await post(life, lease?.address);
}

/** Firmware and boot file, again and again. */
async function bootOverNetwork(life: Life): Promise<boolean> {
  const { machine, link, signal, around, lasts } = life;
  const { record, pace, network } = around;
  for (let tried = 0; tried < bootTries; tried += 1) {
    await pace.sleep(lasts('firmware'), signal);
    if (network === undefined) return true;
    const lease = await leaseOf(life, ipxeWaits);
    if (lease === 'none') continue;
    if (lease !== undefined && lease.server === network.deployment?.address) {
      record.reached(machine.number, 'deployed');
      return false;
    }
    record.reached(machine.number, 'address-leased');
    try {
      const began = performance.now();
      const request = { wait: tftpWait, signal, losesPacket: () => link.losesPacket() };
      const from = lease === undefined ? {} : { from: lease.address };
      await fetchBootFile(network.bootFile, { ...request, ...from });
      record.took('boot file', performance.now() - began);
      record.reached(machine.number, 'boot-file-fetched');
      return true;
    } catch (error) {
      signal.throwIfAborted();
      record.reached(machine.number, 'no-boot-file');
      record.complain(messageOf(error));
    }
  }
  return false;
}

/** An address; `undefined` where nobody needs one, `none` where nobody gives one. */
async function leaseOf(life: Life, waits: readonly number[]): Promise<Lease | 'none' | undefined> {
  const { machine, link, signal, around, lasts } = life;
  const { record, pace, network } = around;
  if (network === undefined) return undefined;
  const lease = await network.dhcp.lease({
    mac: machine.cards[0],
    waits: waits.map((wait) => wait / pace.speed),
    link,
    signal,
    took: (step, milliseconds) => record.took(step, milliseconds),
    async afterRefusal() {
      record.reached(machine.number, 'address-refused');
      await pace.sleep(lasts('refusal'), signal);
    },
  });
  if (lease === undefined) record.reached(machine.number, 'no-address');
  return lease ?? 'none';
}

async function post({ machine, link, signal, around }: Life, from: string | undefined): Promise<void> {
  const { record, pace, callback } = around;
  record.reached(machine.number, 'posted');
  const result = await callBack({
    url: callback,
    body: JSON.stringify(machineDocument(machine, from)),
    from,
    upload: machine.traits.has('slow') ? slowUpload : 0,
    link,
    pace,
    signal,
    onAnswer({ status, milliseconds, text }) {
      record.answered(status);
      if (status === 'none') return;
      record.took('callback', milliseconds);
      if (status >= 400) record.complain(`${machine.name} by ${status} ${text}`);
    },
  });
  record.reached(machine.number, result);
}
