import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareMetalOptions } from './bare-metal/bare-metal-options.ts';
import type { BareMetalService } from './bare-metal/bare-metal-service.ts';
import type { LoadedConfiguration } from './config/load-configuration.ts';
import type { Database } from './database/database.ts';
import type { Clock } from './host/clock.ts';
import { ironicOptions } from './ironic/ironic-options.ts';
import { openIronic } from './ironic/open-ironic.ts';
import { clientSettings } from './keystone/client-settings.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { Logger } from './logging/logger.ts';
import { maskSecretsInText } from './logging/mask-secrets.ts';
import { openRegistry, type Registry } from './registry/registry.ts';

/** The bare metal service that the configuration names. */
export interface OpenBareMetal {
  readonly service: BareMetalService;
  /** The built-in one, where that is the service; it wants to be served, recovered and reconciled. */
  readonly registry: Registry | undefined;
  /** For the log, once at the start. A service of its own need not be up for that. */
  describe(): Promise<string>;
  /** Returns when nothing is under way that outlives a request, and no connection is open. */
  close(): Promise<void>;
}

/** What it is opened on. */
export interface BareMetalParts {
  readonly config: LoadedConfiguration;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the environment, for requests to other services. */
  readonly proxies: Proxies | undefined;
}

/**
 * Opens the registry or a client of Ironic, as `[bare_metal]service` says. Nothing is sent to Ironic here, and it
 * may be down.
 *
 * @throws InspectorError `invalid` naming the option of `[ironic]` that is missing or wrong.
 */
export function openBareMetal(parts: BareMetalParts): OpenBareMetal {
  return parts.config.get(bareMetalOptions).service === 'registry' ? overRegistry(parts) : overIronic(parts);
}

function overRegistry({ database, log, clock }: BareMetalParts): OpenBareMetal {
  const registry = openRegistry({ database, log, clock, host: hostname() });
  return {
    service: registry.service,
    registry,
    async describe() {
      const nodes = await registry.service.listNodes(['uuid']);
      return `the built-in registry, nodes: ${nodes.length}`;
    },
    close: () => registry.idle(),
  };
}

function overIronic({ config, log, clock, proxies }: BareMetalParts): OpenBareMetal {
  const settings = clientSettings(config, ironicOptions);
  const ironic = openIronic(settings, {
    now: () => clock.now(),
    wait: (milliseconds) => sleep(milliseconds),
    random: Math.random,
    log,
    proxies,
  });
  return {
    service: ironic.service,
    registry: undefined,
    async describe() {
      const place =
        settings.endpoint_override || settings.endpoint || `in the catalogue of ${settings.auth_url}`;
      return `Ironic, ${maskSecretsInText(place)}`;
    },
    close: () => ironic.close(),
  };
}
