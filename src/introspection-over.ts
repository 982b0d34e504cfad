import { lookup } from 'node:dns/promises';
import type { BareMetalService } from './bare-metal/bare-metal-service.ts';
import { powerOnTurns } from './conductor/power-on-turns.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import type { Locks } from './coordination/locks.ts';
import { ProcessLocks } from './coordination/process-locks.ts';
import { whileHeld } from './coordination/while-held.ts';
import { dataStoreParts } from './data-store-parts.ts';
import type { Database } from './database/database.ts';
import { InspectorError } from './errors/inspector-error.ts';
import { noHistory, recordedHistory } from './history/history.ts';
import { historyOptions } from './history/history-options.ts';
import { HistoryStore } from './history/history-store.ts';
import { changedHookOptions, type HookOptionTexts } from './hooks/changed-hook-options.ts';
import { enabledHooks } from './hooks/enabled-hooks.ts';
import { nodeNotFoundHookBuiltIns } from './hooks/node-not-found/built-ins.ts';
import { discoveryOptions } from './hooks/node-not-found/enroll.ts';
import type { NodeNotFoundHook } from './hooks/node-not-found-hook.ts';
import { processingHookBuiltIns, processingHookOptionsOf } from './hooks/processing/built-ins.ts';
import type { ProcessingHook } from './hooks/processing-hook.ts';
import { processingOptions } from './hooks/processing-options.ts';
import type { Clock } from './host/clock.ts';
import type { Background, Introspection } from './introspection/introspection.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { dataStoreNamed } from './introspection-data/built-ins.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { Logger } from './logging/logger.ts';
import { AccountStore } from './nodes/account-store.ts';
import { ChangeStore } from './nodes/change-store.ts';
import { LookupFailureStore } from './nodes/lookup-failure-store.ts';
import { NodeStore } from './nodes/node-store.ts';
import { oneAtATime } from './nodes/one-at-a-time.ts';
import { rememberingResolver } from './nodes/remembering-resolver.ts';
import { TimelineStore } from './nodes/timeline-store.ts';
import { UnansweredStore } from './nodes/unanswered-store.ts';
import { type ActivePlugins, noPlugins } from './plugins/begin-plugins.ts';
import type { PxeFilterService } from './pxe-filter/pxe-filter.ts';
import { pxeFilterOver } from './pxe-filter-over.ts';
import { ramdiskLogs } from './ramdisk-logs/ramdisk-logs.ts';
import { ramdiskLogsOptions } from './ramdisk-logs/ramdisk-logs-options.ts';
import { RuleEngine } from './rules/rule-engine.ts';
import { RuleStore } from './rules/rule-store.ts';

/** What introspection is put together from. */
interface Parts {
  readonly database: Database;
  readonly config: LoadedConfiguration;
  readonly bareMetal: BareMetalService;
  readonly background: Background;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ended: Introspection['ended'];
  /** Of a conductor that shares the database with others; left out, the service has the database to itself. */
  readonly locks?: Locks;
  /** Of the environment, for requests to other services. */
  readonly proxies?: Proxies | undefined;
  readonly plugins?: ActivePlugins;
}

/** Introspection with what the service itself begins and ends. */
export interface OpenIntrospection extends Introspection {
  readonly pxeFilter: PxeFilterService;
}

/** Milliseconds that a callback waits for its node; the agent waits at least twice as long for an answer. */
const lockWait = 25_000;

/** As long as the original waits between two tries. */
const retryInterval = 1000;

/**
 * Introspection as the configuration wants it.
 *
 * @throws InspectorError `invalid` naming the option, for a hook, store or filter that does not exist.
 */
export function introspectionOver({ database, config, log, clock, ...parts }: Parts): OpenIntrospection {
  const { plugins = noPlugins } = parts;
  const nodes = new NodeStore(database, clock);
  const options = config.get(introspectionOptions);
  const processing = config.get(processingOptions);
  const openData = dataStoreParts({ database, config, log, clock, proxies: parts.proxies });
  const data = dataStoreNamed(config.get(dataStoreOptions).store_data, openData, plugins.dataStores);
  const hooks = processingHooks(config, plugins, log);
  const hook = nodeNotFoundHook(config, plugins);
  const pxeFilter = pxeFilterOver({
    config,
    database,
    nodes,
    bareMetal: parts.bareMetal,
    plugins,
    discovery: hook !== undefined,
    clock,
    log,
  });
  log.info(`Processing hooks: ${hooks.map(({ name }) => name).join(', ') || 'none'}`);
  log.info(
    `Node-not-found hook: ${hook?.name ?? 'none'}; introspection data store: ${data.name}; PXE filter: ${pxeFilter.name}`,
  );
  if (!data.keeps) log.warning('Data that ramdisks send will not be kept: [processing]store_data is none');
  const locks = parts.locks ?? new ProcessLocks();
  return {
    nodes,
    changes: new ChangeStore(database),
    accounts: new AccountStore(database),
    timeline: new TimelineStore(database),
    lookupFailures: new LookupFailureStore(database, clock),
    unanswered: new UnansweredStore(database),
    locks,
    bareMetal: whileHeld(parts.bareMetal, locks),
    data,
    history: config.get(historyOptions).enabled
      ? recordedHistory(new HistoryStore(database, clock))
      : noHistory,
    hooks,
    rules: new RuleStore(database, clock),
    ruleEngine: new RuleEngine(plugins.rules),
    nodeNotFoundHook: hook,
    pxeFilter,
    ramdiskLogs: ramdiskLogs(config.get(ramdiskLogsOptions), { clock }),
    background: parts.background,
    bmc: {
      fields: options.ipmi_address_fields,
      resolve: rememberingResolver((host) => lookup(host, { all: true }), { clock }),
      searchInTurn: oneAtATime(),
    },
    powerOnTurns: powerOnTurns(options.introspection_delay * 1000),
    settings: {
      powerOff: processing.power_off,
      permitActive: processing.permit_active_introspection,
      timeout: options.timeout,
      lockWait,
      retryInterval,
    },
    ended: parts.ended,
    clock,
    log,
  };
}

/** What is to be other than in the configuration. */
export interface OtherHooks {
  /** Hooks, separated by commas. */
  readonly names?: string | undefined;
  readonly options?: HookOptionTexts | undefined;
}

/**
 * The hooks of the configuration, or others.
 *
 * @throws InspectorError `invalid` for a hook that does not exist or lacks one that it depends on, and for options
 *   that cannot be.
 */
export function processingHooks(
  config: LoadedConfiguration,
  plugins: Pick<ActivePlugins, 'processingHooks'>,
  log: Logger,
  { names = config.get(processingOptions).processing_hooks, options: texts = {} }: OtherHooks = {},
): readonly ProcessingHook[] {
  const options = processingHookOptionsOf(changedHookOptions((group) => config.get(group), texts));
  const makers = new Map(
    [...processingHookBuiltIns].map(([name, make]) => [name, () => make(options, log)] as const),
  );
  const all = new Map([...makers, ...plugins.processingHooks]);
  return enabledHooks(names, all, log);
}

/**
 * `undefined` where none is wanted. The original notices a wrong name at the first machine that nobody knows.
 *
 * @throws InspectorError `invalid` naming the hooks there are.
 */
export function nodeNotFoundHook(
  config: LoadedConfiguration,
  plugins: Pick<ActivePlugins, 'nodeNotFoundHooks'>,
): NodeNotFoundHook | undefined {
  const name = config.get(processingOptions).node_not_found_hook;
  if (name === null || name === '') return undefined;
  const make = nodeNotFoundHookBuiltIns.get(name);
  if (make !== undefined) return make({ discovery: config.get(discoveryOptions) });
  const plugged = plugins.nodeNotFoundHooks.get(name);
  if (plugged !== undefined) return plugged();
  const known = [...nodeNotFoundHookBuiltIns.keys(), ...plugins.nodeNotFoundHooks.keys()];
  throw new InspectorError(
    'invalid',
    `[processing]node_not_found_hook: expected one of ${known.join(', ')}, got "${name}"`,
  );
}
