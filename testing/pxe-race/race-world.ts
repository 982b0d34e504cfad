import { rmSync } from 'node:fs';
import { thisNamespace } from '../network-namespace.ts';
import { type RedfishEmulator, redfishEmulator } from '../redfish-emulator.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { Prober } from './prober.ts';
import { RaceChecks } from './race-checks.ts';
import { type FilterName, raceFilter } from './race-filter.ts';
import { type Machine, newMachine, RaceModel, variants } from './race-model.ts';
import { openRaceNetwork } from './race-network.ts';
import { RaceService } from './race-service.ts';
import { type RaceOn, randomStep, restart, tidy } from './race-steps.ts';

/** Machines whose power the service switches, and others. */
const machineCounts = { managed: 2, others: 3 };

/** Steps of a schedule. */
const steps = 5;

/** So often a schedule begins with another start of the service. */
const schedulesOfAVariant = 10;

/** A machine that is never inspected: the deployment's server always answers it, and ours never. */
const alwaysDeployed = '52:54:00:5e:00:02';

/** Two servers, a service with a filter, and machines; schedules are run in it one after the other. */
export interface RaceWorld {
  readonly checks: RaceChecks;
  readonly prober: Prober;
  readonly service: RaceService;
  /** What has happened, by kind. */
  readonly counts: ReadonlyMap<string, number>;
  /** @throws Error for a wrong answer, and for a service that does not do what it should. */
  run(seed: number): Promise<void>;
  /** What was done in the last schedule, and how things stand; for people. */
  report(): string;
  close(): Promise<void>;
}

/** Opens a world in the network namespace of this process. */
export async function openRaceWorld(name: FilterName): Promise<RaceWorld> {
  const folder = temporaryFolder().path;
  const filter = raceFilter(name, folder, thisNamespace());
  const network = await openRaceNetwork(folder, filter);
  const prober = new Prober(network, alwaysDeployed);
  const bmcs: RedfishEmulator[] = [];
  const machines: Machine[] = [];
  const wrong: unknown[] = [];
  for (let number = 1; number <= machineCounts.managed + machineCounts.others; number += 1) {
    const isManaged = number <= machineCounts.managed;
    const onReset = async (type: string): Promise<void> => {
      const machine = machines[number - 1];
      if (machine === undefined || !/^(On|ForceRestart|GracefulRestart)$/.test(type)) return;
      await checks.atPowerOn(machine.ports).catch((error: unknown) => wrong.push(error));
    };
    const bmc = isManaged ? await redfishEmulator({ tls: false, onReset }) : undefined;
    if (bmc !== undefined) bmcs.push(bmc);
    machines.push(
      newMachine({
        name: `machine ${number}`,
        // Some have a second card.
        macs: [macOf(number, 1), ...(number % 2 === 0 ? [macOf(number, 2)] : [])],
        extraMac: macOf(number, 3),
        isVisitor: number === machineCounts.managed + machineCounts.others,
        ...(bmc === undefined ? {} : { bmc: bmc.address }),
      }),
    );
  }
  const model = new RaceModel(machines, {
    strangers: [macOf(0xff, 1), macOf(0xff, 2)],
    idle: [alwaysDeployed],
  });
  const service = new RaceService(folder, filter);
  const checks = new RaceChecks(prober, model, () => service.syncs);
  const counts = new Map<string, number>();
  const told: string[] = [];
  const parts = { network, service, model, checks, filter, told, counts };
  network.deploys(alwaysDeployed, true);
  await service.start(model.variant);
  await service.client.createNode({}, [alwaysDeployed]);
  await service.fullSync();
  return {
    checks,
    prober,
    service,
    counts,
    async run(seed) {
      const random = seededRandom(seed);
      const on: RaceOn = { ...parts, random };
      told.length = 0;
      await tidy(on);
      if (seed % schedulesOfAVariant === 0) await restart(on, random.pick(variants));
      for (let step = 0; step < steps; step += 1) {
        await randomStep(on);
        if (wrong.length > 0) throw wrong.shift();
      }
      await tidy(on);
    },
    report: () => reportOf({ told, filter, service }),
    async close() {
      await service.close();
      await Promise.all(bmcs.map((bmc) => bmc.close()));
      await network.close();
      network.here.attempt('nft', 'flush', 'ruleset');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function reportOf({ told, filter, service }: Pick<RaceOn, 'told' | 'filter' | 'service'>): string {
  const log = service.log.split('\n').slice(-60).join('\n');
  return [
    ...told.map((step, index) => `step ${index + 1}, ${step}`),
    `--- in force (${filter.name})`,
    filter.state(),
    '--- what the filter says of itself',
    service.health(),
    '--- the end of the log',
    log,
  ].join('\n');
}

function macOf(machine: number, card: number): string {
  return `52:54:00:01:${machine.toString(16).padStart(2, '0')}:0${card}`;
}
