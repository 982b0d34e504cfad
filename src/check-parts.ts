import { apiOptions } from './api/api-options.ts';
import { openAccess } from './api/auth/open-access.ts';
import { corsSettings } from './api/cors/origin-sections.ts';
import { openPolicy } from './api/policy/policy.ts';
import { PolicyError } from './api/policy/policy-error.ts';
import { policyFileOptions } from './api/policy/policy-options.ts';
import { openTls } from './api/tls/open-tls.ts';
import { tlsOptions } from './api/tls/tls-options.ts';
import { conductorOptions } from './conductor-options.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import { dataStoreParts } from './data-store-parts.ts';
import { parseConnectionUrl } from './database/connection-url.ts';
import type { Database } from './database/database.ts';
import { databaseOptions } from './database/database-options.ts';
import { openDatabase } from './database/open-database.ts';
import { InspectorError } from './errors/inspector-error.ts';
import { processingOptions } from './hooks/processing-options.ts';
import { systemClock } from './host/clock.ts';
import { dataStoreBuiltIns, dataStoreNamed } from './introspection-data/built-ins.ts';
import { dataStoreOptions } from './introspection-data/data-store-options.ts';
import { nodeNotFoundHook, processingHooks } from './introspection-over.ts';
import { silentLogger } from './logging/logger.ts';
import { openBareMetal } from './open-bare-metal.ts';
import { type ActivePlugins, pluginsAtRest } from './plugins/begin-plugins.ts';
import { requireNoContradiction } from './pxe-filter/open-pxe-filter.ts';
import { pxeFilterOptions } from './pxe-filter/pxe-filter-options.ts';
import { configuredDriver } from './pxe-filter-over.ts';
import { callQueueOf } from './rpc/amqp/call-queue.ts';
import { messagingOptions } from './rpc/amqp/messaging-options.ts';
import { rabbitOptions } from './rpc/amqp/rabbit-options.ts';
import { rabbitSettings } from './rpc/amqp/rabbit-settings.ts';
import type { Surroundings } from './running.ts';

/** What a role consists of. */
export interface CheckedRole {
  readonly api: boolean;
  readonly conductor: boolean;
}

/** What keeps a role from starting, one sentence each. */
export interface PartFaults {
  /** Values that nowhere work. */
  readonly wrong: readonly string[];
  /** What is missing here: a file, a driver, credentials that another file may hold. */
  readonly missing: readonly string[];
}

/**
 * Puts the parts of a role together as a start would, and lets go of them. Nobody is called, nothing is listened on
 * and no database is opened but one in memory; plug-ins are asked for the names of what they bring, and not begun.
 */
export async function checkParts(
  config: LoadedConfiguration,
  role: CheckedRole,
  surroundings: Surroundings = {},
): Promise<PartFaults> {
  const options = { ...config.get(databaseOptions), connection: 'sqlite://', slave_connection: null };
  const database = await openDatabase(options, quiet.log);
  try {
    const on: Checking = {
      config,
      database,
      ...surroundings,
      plugins: pluginsAtRest(surroundings.plugins ?? [], config, quiet.log),
    };
    return {
      wrong: await faultsOf([...anyRole(on), ...brokerOf(on, role), ...(role.conductor ? workOf(on) : [])]),
      missing: await faultsOf([...outside(on, role), ...(role.api ? entranceOf(on, surroundings) : [])]),
    };
  } finally {
    await database.close();
  }
}

interface Checking {
  readonly config: LoadedConfiguration;
  readonly database: Database;
  readonly plugins: ActivePlugins;
}

type Check = () => unknown;

const quiet = { log: silentLogger(), clock: systemClock, proxies: undefined };

async function faultsOf(checks: readonly Check[]): Promise<string[]> {
  const faults: string[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof InspectorError)) throw error;
      faults.push(error.message);
    }
  }
  return faults;
}

function anyRole(on: Checking): Check[] {
  const { connection, connection_parameters } = on.config.get(databaseOptions);
  return [
    () => parseConnectionUrl(connection, connection_parameters),
    () => corsSettings(on.config),
    () => (isDataStore(on) ? undefined : openDataStore(on)),
  ];
}

function isDataStore({ config, plugins }: Checking): boolean {
  const { store_data: name } = config.get(dataStoreOptions);
  return dataStoreBuiltIns.has(name) || plugins.dataStores.has(name);
}

/** One of a plug-in cannot be opened. @throws InspectorError `invalid` */
async function openDataStore({ config, plugins, ...parts }: Checking): Promise<void> {
  const { store_data: name } = config.get(dataStoreOptions);
  if (plugins.dataStores.has(name)) return;
  await dataStoreNamed(name, dataStoreParts({ ...parts, ...quiet, config })).close?.();
}

/** Both in one process need no broker. */
function brokerOf({ config }: Checking, { api, conductor }: CheckedRole): Check[] {
  if (api && conductor) return [];
  const settings = () => rabbitSettings(config.get(messagingOptions), config.get(rabbitOptions));
  return conductor ? [settings, () => callQueueOf(config.get(conductorOptions).host)] : [settings];
}

function workOf({ config, plugins }: Checking): Check[] {
  return [
    () => {
      processingHooks(config, plugins, quiet.log);
    },
    () => {
      nodeNotFoundHook(config, plugins);
    },
    () => {
      const { node_not_found_hook: hook } = config.get(processingOptions);
      requireNoContradiction(config.get(pxeFilterOptions), hook !== null && hook !== '');
    },
  ];
}

/** What depends on other services, and on what this machine has. */
function outside(on: Checking, { conductor }: CheckedRole): Check[] {
  const { config, database, plugins } = on;
  return [
    () => openBareMetal({ config, database, ...quiet }).close(),
    () => (isDataStore(on) ? openDataStore(on) : undefined),
    () => {
      const { driver } = config.get(pxeFilterOptions);
      if (conductor && !plugins.pxeFilters.has(driver)) configuredDriver(config, plugins, quiet.log);
    },
  ];
}

function entranceOf({ config }: Checking, { policyFolders = [] }: Surroundings): Check[] {
  return [
    () => (config.get(apiOptions).use_ssl ? openTls(config.get(tlsOptions), quiet.log) : undefined),
    async () => (await openAccess({ config, ...quiet, policyFolders })).close(),
    async () => {
      if (config.get(apiOptions).auth_strategy === 'keystone') await readPolicies(config, policyFolders);
    },
  ];
}

/** @throws InspectorError `invalid` for files that cannot be read. */
async function readPolicies(config: LoadedConfiguration, folders: readonly string[]): Promise<void> {
  const options = config.get(policyFileOptions);
  const remote = { ask: async () => false, close: async () => undefined };
  try {
    await openPolicy({ options, folders, remote, log: quiet.log }).allows('introspection', { roles: [] });
  } catch (error) {
    if (error instanceof PolicyError) throw new InspectorError('invalid', error.message, { cause: error });
    throw error;
  }
}
