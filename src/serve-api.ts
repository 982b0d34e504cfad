import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ApiDependencies } from './api/api-dependencies.ts';
import { apiOptions } from './api/api-options.ts';
import type { Access } from './api/auth/access.ts';
import { guardedPlugin } from './api/auth/guarded-plugin.ts';
import { openAccess } from './api/auth/open-access.ts';
import { registryWanted } from './api/auth/registry-wanted.ts';
import { corsSettings } from './api/cors/origin-sections.ts';
import { drain } from './api/drain.ts';
import { healthcheckOptions } from './api/healthcheck/healthcheck-options.ts';
import { type Listening, listen } from './api/listen.ts';
import { registryApi } from './api/openapi/registry-api.ts';
import { createApi } from './api/server.ts';
import { openTls, type SecureServer } from './api/tls/open-tls.ts';
import { tlsOptions } from './api/tls/tls-options.ts';
import { bulkOptions } from './bulk/bulk-options.ts';
import { BulkRunStore } from './bulk/bulk-run-store.ts';
import { type BulkRuns, bulkRuns } from './bulk/bulk-runs.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import { loggingOptions } from './config/logging-options.ts';
import { HistoryStore } from './history/history-store.ts';
import { processingHooks } from './introspection-over.ts';
import { AccountStore } from './nodes/account-store.ts';
import { LookupFailureStore } from './nodes/lookup-failure-store.ts';
import { TimelineStore } from './nodes/timeline-store.ts';
import type { OpenBareMetal } from './open-bare-metal.ts';
import type { PxeFilterHealth } from './pxe-filter/filter-health.ts';
import type { IntrospectionHooks } from './registry/provisioning.ts';
import type { Registry } from './registry/registry.ts';
import { documentedOperations } from './registry/rest/documented-operations.ts';
import { faultBody } from './registry/rest/fault.ts';
import { registryRest } from './registry/rest/registry-rest.ts';
import { RuleEngine } from './rules/rule-engine.ts';
import { RuleStore } from './rules/rule-store.ts';
import type { ServiceParts } from './service-parts.ts';
import { drainSeconds, type StoppingPart, stopOptions } from './stop-in-order.ts';

/** What the API shows, and whom it asks for the rest. */
export interface ApiSources
  extends Pick<ApiDependencies, 'nodes' | 'changes' | 'data' | 'conductor' | 'pxeFilters'> {
  readonly bareMetal: OpenBareMetal;
  /** How the PXE filter of this process does. */
  readonly pxeFilter?: (() => PxeFilterHealth) | undefined;
  /** Tells that PXE filter of ports that clients make in the registry. */
  readonly portChanged?: IntrospectionHooks['portChanged'];
}

/** An API that answers. */
export interface ServedApi {
  readonly url: string;
  /** Reads the certificates again. */
  reload(): void;
  /** To be stopped in this order. */
  readonly stopping: readonly StoppingPart[];
}

/**
 * Serves the API where the configuration says, the registry's own beside it where nodes are kept there. Requests
 * wait until `prepare` is done.
 *
 * @throws InspectorError for a configuration that does not work, or a port or file that cannot be had.
 */
export async function serveApi(
  parts: ServiceParts,
  sources: ApiSources,
  prepare: () => Promise<void> = async () => {},
): Promise<ServedApi> {
  const { config, log, clock, proxies, policyFolders } = parts;
  const tls = config.get(apiOptions).use_ssl ? openTls(config.get(tlsOptions), log) : undefined;
  const access = await openAccess({ config, log, clock, proxies, policyFolders });
  const { registry } = sources.bareMetal;
  const rules = new RuleStore(parts.database, clock);
  const api = createApi(
    {
      options: config.get(apiOptions),
      access,
      conductor: sources.conductor,
      nodes: sources.nodes,
      changes: sources.changes,
      history: new HistoryStore(parts.database, clock),
      bulk: bulkOf(parts, sources.bareMetal),
      accounts: new AccountStore(parts.database),
      timeline: new TimelineStore(parts.database),
      lookupFailures: new LookupFailureStore(parts.database, clock),
      pxeFilters: sources.pxeFilters,
      rules,
      dryRun: {
        hooks: (names, options) =>
          processingHooks(config, parts.plugins, log, { names: names?.join(','), options }),
        rules,
        ruleEngine: new RuleEngine(parts.plugins.rules),
        bareMetal: sources.bareMetal.service,
      },
      rulePlugins: parts.plugins.rules,
      data: sources.data,
      bareMetal: sources.bareMetal.service,
      log,
      requestIds: () => `req-${randomUUID()}`,
      debug: () => config.get(loggingOptions).debug,
    },
    {
      plugins: registry === undefined ? [] : [registryPlugin(registry, sources, access)],
      cors: corsSettings(config),
      healthcheck: config.get(healthcheckOptions),
      pxeFilter: sources.pxeFilter,
      ...(tls === undefined ? {} : { tls }),
    },
  );
  const { url } = await listenAndThen(api, config, prepare);
  return {
    url,
    // A server that was made with TLS is a TLS server.
    reload: () => tls?.reload(api.server as unknown as SecureServer),
    stopping: [
      { waitsFor: 'open requests', stop: () => drain(api, drainSeconds(config.get(stopOptions))) },
      { waitsFor: 'the identity service', stop: () => access.close() },
    ],
  };
}

function bulkOf({ config, database, clock }: ServiceParts, bareMetal: OpenBareMetal): BulkRuns {
  const { boot_limit: bootLimit, max_nodes: maxNodes } = config.get(bulkOptions);
  const store = new BulkRunStore(database, clock);
  return bulkRuns({ store, bareMetal: bareMetal.service, newUuid: randomUUID, bootLimit, maxNodes });
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

/** The registry's own API, for whoever the service's own access lets in. */
function registryPlugin(
  registry: Registry,
  { conductor, portChanged }: Pick<ApiSources, 'conductor' | 'portChanged'>,
  access: Access,
) {
  const prefix = '/baremetal';
  const hooks: IntrospectionHooks = {
    startIntrospection: (uuid, from) => conductor.start(uuid, { manageBoot: true }, from),
    abortIntrospection: (uuid, from) => conductor.abort(uuid, from),
    portChanged,
  };
  const guard = { access, wanted: registryWanted, body: faultBody };
  const headers = ['X-OpenStack-Ironic-API-Version', 'OpenStack-API-Version'];
  return {
    prefix,
    plugin: guardedPlugin(registryRest(registry, hooks), guard),
    headers,
    documentation: registryApi(documentedOperations(registry, hooks, prefix)),
  };
}
