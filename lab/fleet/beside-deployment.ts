import { setTimeout as pause } from 'node:timers/promises';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { PowerControl } from '../machine/machine-power.ts';
import type { DeploymentDhcp } from './deployment-dhcp.ts';
import type { DhcpWatch } from './dhcp-watch.ts';
import { type FleetDhcp, ipxeWaits } from './fleet-dhcp.ts';
import type { FleetMachine } from './fleet-machine.ts';
import type { FleetPace } from './fleet-pace.ts';
import type { FleetRecord } from './fleet-record.ts';
import type { Outcome } from './introspect-fleet.ts';
import { machineLink } from './machine-link.ts';

/** What a fleet beside a deployment is made of. */
export interface BesideDeploymentParts {
  /** Nodes whose machines run all the time and are not introspected. */
  readonly idle: readonly FleetMachine[];
  /** Those that are, each at the place of its number. */
  readonly machines: readonly FleetMachine[];
  /** By the numbers of the machines. */
  readonly powers: readonly PowerControl[];
  readonly deployment: DeploymentDhcp;
  readonly dhcp: FleetDhcp;
  readonly watch: DhcpWatch;
  readonly record: FleetRecord;
  readonly pace: FleetPace;
  readonly signal: AbortSignal;
}

/** Milliseconds in which the deployment's server reads what it is told. */
const notice = 500;

/** Milliseconds from the word of an end until the machine is switched on: the service shuts it out moments after that word. */
const grace = 1000;

/** Milliseconds of machines' time between two requests of an idle one. */
const renewal = 3000;

/** Requests of all idle machines together, a second: more would be a load test of a DHCP server that is not ours. */
const mostRenewals = 50;

/** Milliseconds in which the service lists the ports of new nodes, or has a machine switched off. */
const patience = 60_000;

/**
 * Two DHCP servers on one network. Machines that are introspected belong to that of the service, all others to the
 * deployment's: those that are idle ask the whole time, and those that are finished boot once more, by the deployment.
 */
export class BesideDeployment {
  readonly watch: DhcpWatch;
  readonly idle: readonly FleetMachine[];
  /** Those that were switched on when they were finished. */
  readonly booted: FleetMachine[] = [];
  readonly #parts: BesideDeploymentParts;
  readonly #stopped = new AbortController();
  /** Of the fleet, or of this alone. */
  readonly #signal: AbortSignal;
  readonly #idle: Promise<void>[] = [];
  readonly #booting: Promise<void>[] = [];

  constructor(parts: BesideDeploymentParts) {
    this.#parts = parts;
    this.watch = parts.watch;
    this.idle = parts.idle;
    this.#signal = AbortSignal.any([parts.signal, this.#stopped.signal]);
  }

  /**
   * Begins when all nodes are there: waits until the service knows them, and lets the idle ones ask.
   *
   * @throws InspectorError `unavailable` when the service's DHCP server answers idle machines all the time
   */
  async begin(): Promise<void> {
    const { idle, machines, deployment, watch } = this.#parts;
    for (const machine of idle) deployment.answer(machine);
    await pause(notice);
    await this.#untilKnown();
    for (const machine of machines.filter(hasItsOwnCard)) watch.expect(machine, 'inspection');
    for (const machine of idle.filter(hasItsOwnCard)) {
      watch.expect(machine, 'deployment');
      this.#idle.push(this.#unlessStopped(this.#askOnAndOn(machine)));
    }
  }

  /** The introspection of the machine with this number is over. */
  over(number: number | undefined, { state }: Outcome): void {
    const { watch, machines } = this.#parts;
    const machine = machines[number ?? -1];
    if (machine === undefined) return;
    watch.expect(machine);
    if (state !== 'finished' || !hasItsOwnCard(machine)) return;
    this.#booting.push(this.#unlessStopped(this.#boot(machine)));
  }

  /** Ends when those that are finished have been switched on; idle ones ask no more. */
  async end(): Promise<void> {
    await Promise.all(this.#booting);
    this.stop();
    await Promise.all(this.#idle);
  }

  /** Nobody asks any more, whatever is left to do. */
  stop(): void {
    this.#stopped.abort();
  }

  /** What goes on beside the introspections, and is waited for in the end, if all comes to that. */
  #unlessStopped(work: Promise<void>): Promise<void> {
    const going = work.catch((error: unknown) => {
      if (!this.#signal.aborted) throw error;
    });
    going.catch(() => {});
    return going;
  }

  /** Ports that were made without word to the service are known at its next comparison, the last of them as well. */
  async #untilKnown(): Promise<void> {
    const { idle, watch } = this.#parts;
    const last = idle.findLast(hasItsOwnCard);
    if (last === undefined) return;
    const deadline = performance.now() + patience;
    for (;;) {
      const answered = await watch.during(last, async () => {
        await this.#lease(last);
        await pause(notice);
      });
      if (answered.has('deployment') && !answered.has('inspection')) return;
      if (performance.now() > deadline) {
        throw new InspectorError(
          'unavailable',
          `Expected that only the deployment's DHCP server answers ${last.name}, which is idle; answers came from ` +
            `${[...answered].join(' and ') || 'nobody'} for ${patience / 1000} s. Is there a PXE filter?`,
        );
      }
    }
  }

  async #askOnAndOn(machine: FleetMachine): Promise<void> {
    const { record, pace } = this.#parts;
    const period = Math.max(renewal, (this.idle.length / mostRenewals) * 1000 * pace.speed);
    for (;;) {
      const lease = await this.#lease(machine);
      record.reached(machine.number, lease === undefined ? 'no-address' : 'deployed');
      await pace.sleep(period, this.#signal);
    }
  }

  async #lease(machine: FleetMachine) {
    const { dhcp, record, pace } = this.#parts;
    return dhcp.lease({
      mac: machine.cards[0],
      waits: ipxeWaits.map((wait) => wait / pace.speed),
      link: machineLink(machine, record.lost),
      signal: this.#signal,
      took: () => {},
      afterRefusal: async () => pace.sleep(renewal, this.#signal),
    });
  }

  async #boot(machine: FleetMachine): Promise<void> {
    const { deployment, watch, powers } = this.#parts;
    const signal = this.#signal;
    deployment.answer(machine);
    await pause(grace, undefined, { signal });
    watch.expect(machine, 'deployment');
    this.booted.push(machine);
    const power = powers[machine.number];
    // It is still being switched off. One that never is will be missed by the deployment.
    const deadline = performance.now() + patience;
    while (power?.isOn() && performance.now() < deadline) await pause(20, undefined, { signal });
    await power?.on();
  }
}

/** Whose MAC address is another's as well is introspected now and idle then. */
function hasItsOwnCard({ traits }: FleetMachine): boolean {
  return !traits.has('duplicate-mac');
}
