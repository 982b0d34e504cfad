import { conductor } from './conductor/conductor.ts';
import { cleanUp } from './conductor/periodic/clean-up.ts';
import { onlyLeader } from './conductor/periodic/only-leader.ts';
import { startPeriodicTasks } from './conductor/periodic/periodic-task.ts';
import { takeUpLost } from './conductor/periodic/take-up-lost-work.ts';
import { conductorOptions } from './conductor-options.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import { coordinationNote } from './coordination/coordination-note.ts';
import { joinAsConductor } from './coordination/join-as-conductor.ts';
import type { Membership } from './coordination/membership.ts';
import { migrate } from './database/migrate.ts';
import { documentText } from './introspection/document-text.ts';
import type { Introspection } from './introspection/introspection.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { recover } from './introspection/recover.ts';
import { digestOf } from './json/digest-of.ts';
import type { Logger } from './logging/logger.ts';
import { announcement } from './mdns/announcement.ts';
import { openWork } from './open-work.ts';
import { callQueueOf } from './rpc/amqp/call-queue.ts';
import { messagingOptions } from './rpc/amqp/messaging-options.ts';
import { openRabbit } from './rpc/amqp/open-rabbit.ts';
import { rabbitOptions } from './rpc/amqp/rabbit-options.ts';
import { type RabbitSettings, rabbitSettings } from './rpc/amqp/rabbit-settings.ts';
import type { ConductorRequest } from './rpc/amqp/request-message.ts';
import { type ServedConductor, serveConductor } from './rpc/amqp/serve-conductor.ts';
import type { Running, Surroundings } from './running.ts';
import { onDatabase, type ServiceParts } from './service-parts.ts';
import { stopInOrder, stopOptions, stopPatience } from './stop-in-order.ts';

/** Seconds; another conductor may have died. */
const takeUpPeriod = 10;

/**
 * A conductor by itself, as `[DEFAULT]standalone = false` asks for: one of those that share the database and answer
 * the calls of the API. What a dead one left is taken up, at the start and every so often. The broker need not be
 * there yet.
 *
 * @throws InspectorError for a configuration that does not work, and `unavailable` when another process has the same
 *   `[DEFAULT]host` or an all-in-one service has the database.
 */
export function startConductorService(
  config: LoadedConfiguration,
  log: Logger,
  surroundings: Surroundings = {},
): Promise<Running> {
  const settings = rabbitSettings(config.get(messagingOptions), config.get(rabbitOptions));
  const { host } = config.get(conductorOptions);
  callQueueOf(host);
  return onDatabase(config, log, surroundings, async (parts) => {
    await migrate(parts.database, log);
    log.info(coordinationNote);
    const membership = await joinAsConductor(parts.database, { host, log });
    try {
      return await startOn(parts, membership, settings);
    } catch (error) {
      await membership.leave();
      throw error;
    }
  });
}

async function startOn(
  parts: ServiceParts,
  membership: Membership,
  settings: RabbitSettings,
): Promise<Running> {
  const { config, log, clock, proxies, database } = parts;
  const { host } = membership;
  const work = await openWork(parts, membership.locks);
  const { introspection, keepInStep } = work;
  const announced = announcement(config, { clock, log, proxies });
  await announced.begin(() => work.begin(() => recover(introspection)));
  const calls = answerCalls({ host, conductor: conductor(introspection), settings, log }, introspection);
  const { clean_up_period } = config.get(introspectionOptions);
  const { leader_election_interval } = config.get(conductorOptions);
  const election = async () => void (await membership.isLeader());
  const periodic = startPeriodicTasks(
    [
      { name: 'leader-election', everySeconds: leader_election_interval, run: election },
      cleanUp(introspection, clean_up_period, work.followBoots),
      takeUpLost(introspection, membership, takeUpPeriod),
      onlyLeader(keepInStep, membership),
      onlyLeader(work.recoverAbandoned, membership),
      onlyLeader(work.tidyHistory, membership),
      work.followBoots,
      work.syncFilter,
      onlyLeader(work.startQueued, membership),
    ],
    log,
  );
  return {
    status: `Running as conductor ${host}`,
    stop: () =>
      stopInOrder(
        [
          { waitsFor: 'the farewell by mDNS', stop: () => announced.withdraw() },
          { waitsFor: 'calls of the API', stop: () => calls.stop() },
          { waitsFor: 'periodic tasks', stop: () => periodic.stop() },
          ...work.stopping,
          { waitsFor: 'the place among the conductors', stop: () => membership.leave() },
          { waitsFor: 'the message broker', stop: () => calls.close() },
          { waitsFor: 'the database', stop: () => database.close() },
        ],
        log,
        stopPatience(config.get(stopOptions)),
      ),
  };
}

type Answering = Pick<ServedConductor, 'host' | 'conductor' | 'log'> & { readonly settings: RabbitSettings };

/** From now on the API is answered; last of all, so that nobody asks a conductor that is not ready. */
function answerCalls(on: Answering, { unanswered }: Introspection) {
  const connection = openRabbit(on.settings, `ironic-inspector-conductor ${on.host}`, on.log);
  const remember = async ({ call }: ConductorRequest, uuid: string) => {
    if (call.method === 'do_continue') await unanswered.add(uuid, digestOf(documentText(call.data)));
  };
  const serving = serveConductor({ ...on, connection, unanswered: remember });
  return { stop: () => serving.stop(), close: () => connection.close() };
}
