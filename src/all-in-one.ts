import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { apiOptions } from './api/api-options.ts';
import type { Access } from './api/auth/access.ts';
import { guardedPlugin } from './api/auth/guarded-plugin.ts';
import { openAccess } from './api/auth/open-access.ts';
import { registryWanted } from './api/auth/registry-wanted.ts';
import { corsSettings } from './api/cors/origin-sections.ts';
import { drain } from './api/drain.ts';
import { healthcheckOptions } from './api/healthcheck/healthcheck-options.ts';
import { type Listening, listen } from './api/listen.ts';
import { createApi } from './api/server.ts';
import { openTls, type SecureServer, type Tls } from './api/tls/open-tls.ts';
import { tlsOptions } from './api/tls/tls-options.ts';
import { bareMetalOptions } from './bare-metal/bare-metal-options.ts';
import { conductor } from './conductor/conductor.ts';
import { cleanUp } from './conductor/periodic/clean-up.ts';
import { startPeriodicTasks } from './conductor/periodic/periodic-task.ts';
import { reconcileInspections } from './conductor/periodic/reconcile-inspections.ts';
import { takeUpLost } from './conductor/periodic/take-up-lost-work.ts';
import { WorkerPool } from './conductor/worker-pool.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import { loggingOptions } from './config/logging-options.ts';
import { claimDatabase } from './database/claim-database.ts';
import type { Database } from './database/database.ts';
import { databaseOptions } from './database/database-options.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import type { ServiceClaim } from './database/service-claim.ts';
import { InspectorError } from './errors/inspector-error.ts';
import { type Clock, systemClock } from './host/clock.ts';
import type { Introspection } from './introspection/introspection.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { recover } from './introspection/recover.ts';
import { introspectionOver } from './introspection-over.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { Logger } from './logging/logger.ts';
import { openRegistry, type Registry } from './registry/registry.ts';
import { faultBody } from './registry/rest/fault.ts';
import { registryRest } from './registry/rest/registry-rest.ts';
import { RuleStore } from './rules/rule-store.ts';
import { warnOfRules } from './rules/warn-of-rules.ts';
import { stopInOrder } from './stop-in-order.ts';

/** What of the process around it the service uses. */
export interface Surroundings {
  readonly clock?: Clock;
  /** Of the environment, for requests to other services. */
  readonly proxies?: Proxies | undefined;
  /** Where policy files with relative names are looked for, in turn; absolute. None unless given. */
  readonly policyFolders?: readonly string[];
}

/** A service that runs. */
export interface Running {
  /** Where the API is, for people: `http://127.0.0.1:5050`. */
  readonly url: string;
  /** Reads again what may change while it runs: the certificates. */
  reload?(): void;
  /** Stops in order; false when work was left after a minute, which the next start takes up. */
  stop(): Promise<boolean>;
}

/** Seconds; there is lost work only after the database was away. */
const takeUpPeriod = 10;

/** What is left of the minute that a stop may take belongs to background work. */
const drainSeconds = 20;

/**
 * API and conductor in one process, as `[DEFAULT]standalone = true` asks for. What was in flight when the
 * service last went down is taken up before the first request is answered.
 *
 * @throws InspectorError for a configuration that does not work, or a port or file that cannot be had.
 */
export async function startAllInOne(
  config: LoadedConfiguration,
  log: Logger,
  { clock = systemClock, proxies, policyFolders = [] }: Surroundings = {},
): Promise<Running> {
  requireRegistry(config);
  const database = await openDatabase(config.get(databaseOptions), log);
  let claim: ServiceClaim | undefined;
  try {
    log.info(`Database: ${database.location}`);
    claim = await claimDatabase(database, { log });
    await migrate(database, log);
    return await startOn({ database, claim, config, log, clock, proxies, policyFolders });
  } catch (error) {
    await claim?.release();
    await database.close();
    throw error;
  }
}

interface Parts {
  readonly database: Database;
  readonly claim: ServiceClaim;
  readonly config: LoadedConfiguration;
  readonly log: Logger;
  readonly clock: Clock;
  readonly proxies: Proxies | undefined;
  readonly policyFolders: readonly string[];
}

async function startOn({
  database,
  claim,
  config,
  log,
  clock,
  proxies,
  policyFolders,
}: Parts): Promise<Running> {
  const options = config.get(introspectionOptions);
  const pool = new WorkerPool(options.max_concurrency, log);
  const registry = openRegistry({ database, log, clock, host: hostname() });
  const introspection = introspectionOver({
    database,
    config,
    log,
    clock,
    bareMetal: registry.service,
    background: pool,
    proxies,
    ended: (uuid, error) => registry.introspectionEnded(uuid, error),
  });
  const nodes = await registry.service.listNodes(['uuid']);
  log.info(`Bare metal service: the built-in registry, nodes: ${nodes.length}`);
  const rules = new RuleStore(database, clock);
  await warnOfRules(rules, log);
  const tls = config.get(apiOptions).use_ssl ? openTls(config.get(tlsOptions), log) : undefined;
  const access = await openAccess({ config, log, clock, proxies, policyFolders });
  const api = apiOver({ config, log, registry, introspection, rules, tls, access });
  const reconcile = reconcileInspections(registry, introspection.nodes, options.clean_up_period);
  const listening = await listenAndThen(api, config, async () => {
    await registry.recover();
    await recover(introspection);
    await reconcile.run();
  });
  const periodic = startPeriodicTasks(
    [
      cleanUp(introspection, options.clean_up_period),
      takeUpLost(introspection, claim, takeUpPeriod),
      reconcile,
    ],
    log,
  );
  return {
    url: listening.url,
    // A server that was made with TLS is a TLS server.
    reload: () => tls?.reload(api.server as unknown as SecureServer),
    stop: () =>
      stopInOrder(
        [
          { waitsFor: 'open requests', stop: () => drain(api, drainSeconds) },
          { waitsFor: 'the identity service', stop: () => access.close() },
          { waitsFor: 'periodic tasks', stop: () => periodic.stop() },
          { waitsFor: 'introspections in the background', stop: () => pool.drain() },
          { waitsFor: 'machines that are being switched', stop: () => registry.idle() },
          { waitsFor: 'the data store', stop: async () => introspection.data.close?.() },
          { waitsFor: 'the claim on the database', stop: () => claim.release() },
          { waitsFor: 'the database', stop: () => database.close() },
        ],
        log,
      ),
  };
}

interface ApiParts {
  readonly config: LoadedConfiguration;
  readonly log: Logger;
  readonly registry: Registry;
  readonly introspection: Introspection;
  readonly rules: RuleStore;
  readonly tls: Tls | undefined;
  readonly access: Access;
}

function apiOver({ config, log, registry, introspection, rules, tls, access }: ApiParts): FastifyInstance {
  const work = conductor(introspection);
  const rest = registryRest(registry, {
    startIntrospection: (uuid) => work.start(uuid, { manageBoot: true }),
    abortIntrospection: (uuid) => work.abort(uuid),
  });
  const guard = { access, wanted: registryWanted, body: faultBody };
  return createApi(
    {
      options: config.get(apiOptions),
      access,
      conductor: work,
      nodes: introspection.nodes,
      changes: introspection.changes,
      rules,
      data: introspection.data,
      bareMetal: introspection.bareMetal,
      log,
      requestIds: () => `req-${randomUUID()}`,
      debug: () => config.get(loggingOptions).debug,
    },
    {
      plugins: [{ prefix: '/baremetal', plugin: guardedPlugin(rest, guard) }],
      cors: corsSettings(config),
      healthcheck: config.get(healthcheckOptions),
      ...(tls === undefined ? {} : { tls }),
    },
  );
}

/**
 * Has the port first: a second service that is started on the same database by mistake ends here, before it
 * takes up what the first one is working on. Requests wait until `prepare` is done.
 */
async function listenAndThen(
  api: FastifyInstance,
  config: LoadedConfiguration,
  prepare: () => Promise<void>,
): Promise<Listening> {
  const prepared = Promise.withResolvers<void>();
  api.addHook('onRequest', () => prepared.promise);
  const listening = await listen(api, config.get(apiOptions));
  try {
    await prepare();
    prepared.resolve();
    return listening;
  } catch (error) {
    api.server.closeAllConnections();
    await api.close();
    throw error;
  }
}

function requireRegistry(config: LoadedConfiguration): void {
  if (config.get(bareMetalOptions).service === 'registry') return;
  throw new InspectorError(
    'invalid',
    '[bare_metal]service: this version has no client for ironic yet. Set it to registry to keep nodes in the service itself',
  );
}
