import { randomUUID } from 'node:crypto';
import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { Database } from '../database/database.ts';
import type { Clock } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import { abandonedNodes } from './abandoned-nodes.ts';
import { apiTime } from './api-time.ts';
import { BackgroundWork } from './background-work.ts';
import { recoverInterrupted } from './interrupted-nodes.ts';
import { endLostInspections, type IntrospectionOf } from './lost-inspections.ts';
import { RegisteredNodeStore } from './node-store.ts';
import { RegisteredPortStore } from './port-store.ts';
import { powerDrivers } from './power/built-ins.ts';
import type { PowerDriver } from './power/power-driver.ts';
import { PowerActions } from './power-actions.ts';
import { Provisioning } from './provisioning.ts';
import type { RegistryContext } from './registry-context.ts';
import { RegistryNodes } from './registry-nodes.ts';
import { RegistryPorts } from './registry-ports.ts';
import { registryService } from './registry-service.ts';
import { signOfLifePeriod, withSignsOfLife } from './signs-of-life.ts';

/** The built-in bare metal service. */
export interface Registry {
  /** For introspection. */
  readonly service: BareMetalService;
  readonly nodes: RegistryNodes;
  readonly ports: RegistryPorts;
  readonly power: PowerActions;
  readonly provisioning: Provisioning;
  readonly context: RegistryContext;
  /** To be called whenever an introspection has ended, with the reason when it failed. */
  readonly introspectionEnded: (uuid: string, error: string | null) => Promise<void>;
  /** To be called once at the start, by who has the database alone: carries on or ends what a crash has left half-way. */
  readonly recover: () => Promise<void>;
  /**
   * The same for what nobody has shown to be at work on for a minute. To be called every `signOfLifePeriod`, and where
   * several processes share the database by one of them.
   */
  readonly recoverAbandoned: () => Promise<void>;
  /**
   * Ends inspections whose end the registry was not told of. To be called at the start, once the introspection
   * has recovered, and every so often; with `shared` when other processes start inspections as well.
   */
  readonly reconcile: (introspectionOf: IntrospectionOf, on?: { readonly shared: boolean }) => Promise<void>;
  /** Returns when no machine is being switched any more. */
  readonly idle: () => Promise<void>;
}

/** What the registry is built on. */
export interface RegistryOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly clock: Clock;
  /** This service's name, as clients see it where Ironic names a conductor. */
  readonly host: string;
  readonly newUuid?: () => string;
  readonly powerDrivers?: Readonly<Record<string, PowerDriver>>;
  /** Milliseconds that a change of power waits at most for the one before it. */
  readonly turnLimit?: number;
  /** Milliseconds between two signs of life. */
  readonly signOfLifeEvery?: number;
}

/** Longer than it takes until work of a process that has died is ended. */
const usualTurnLimit = 90_000;

/** The registry over a database that is at the newest schema. */
export function openRegistry({
  database,
  log,
  clock,
  host,
  newUuid = randomUUID,
  ...options
}: RegistryOptions): Registry {
  const store = new RegisteredNodeStore(database);
  const { turnLimit = usualTurnLimit, signOfLifeEvery = signOfLifePeriod * 1000 } = options;
  const context: RegistryContext = {
    log,
    host,
    newUuid,
    now: () => apiTime(clock.now()),
    atWork: (uuid, work) => withSignsOfLife(() => store.touch(uuid), work, { every: signOfLifeEvery, log }),
    turnLimit,
  };
  const background = new BackgroundWork(log);
  const nodes = new RegistryNodes(store, context);
  const ports = new RegistryPorts(new RegisteredPortStore(database), context);
  const power = new PowerActions(nodes, options.powerDrivers ?? powerDrivers(log), background, context);
  const provisioning = new Provisioning(nodes, power, background, context);
  const abandoned = abandonedNodes(() => nodes.busy());
  const interrupted = { nodes, power, context };
  return {
    service: registryService({ nodes, ports, power }),
    nodes,
    ports,
    power,
    provisioning,
    context,
    introspectionEnded: async (uuid, error) => void (await provisioning.introspectionEnded(uuid, error)),
    recover: async () =>
      recoverInterrupted(
        (await nodes.busy()).map(({ uuid }) => uuid),
        interrupted,
      ),
    recoverAbandoned: async () => recoverInterrupted(await abandoned(), interrupted),
    reconcile: (introspectionOf, { shared = false } = { shared: false }) =>
      endLostInspections({ nodes, provisioning, log, shared }, introspectionOf),
    idle: () => background.idle(),
  };
}
