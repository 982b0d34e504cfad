import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import type { Clock } from '../host/clock.ts';
import { clientSettings } from '../keystone/client-settings.ts';
import { endpointText } from '../keystone/endpoint-text.ts';
import { openServiceSession, type SessionParts } from '../keystone/service-session.ts';
import { announcedService, instanceName, type Resolve } from './announced-service.ts';
import { localInterfaces } from './local-interfaces.ts';
import { enableMdnsOptions, mdnsOptions, serviceCatalogOptions } from './mdns-options.ts';
import { type MdnsTiming, mdnsTiming } from './mdns-timing.ts';
import { openMulticastLinks } from './multicast-links.ts';
import { type Publication, publish } from './publication.ts';
import { serviceRecords } from './service-records.ts';

/** What announcing needs besides the configuration. */
export interface AnnouncementSurroundings extends Pick<SessionParts, 'log' | 'proxies' | 'transport'> {
  readonly clock: Clock;
  /** Those of the system unless given. */
  readonly resolve?: Resolve;
  /** Another one than 5353 in tests. */
  readonly port?: number;
  readonly timing?: MdnsTiming;
}

type Settings = Pick<LoadedConfiguration, 'get' | 'getIn'>;

/** The announcement of a service that starts and stops. */
export interface Announcement {
  /**
   * Announces the API where `[DEFAULT]enable_mdns` asks for it, and goes on with `then`; takes the announcement back
   * when that fails.
   *
   * @throws InspectorError naming the option that is wrong, or what stands in the way: no endpoint, a host without
   *   addresses, a name that another host has, no interface.
   */
  begin(then: () => Promise<void>): Promise<void>;
  /** Takes it back, if there is one. */
  withdraw(): Promise<void>;
}

/** Announces the API by multicast DNS, once it is begun. */
export function announcement(config: Settings, surroundings: AnnouncementSurroundings): Announcement {
  const begun: { publication?: Publication } = {};
  const withdraw = async () => begun.publication?.withdraw();
  return {
    async begin(then) {
      if (config.get(enableMdnsOptions).enable_mdns) begun.publication = await announce(config, surroundings);
      try {
        await then();
      } catch (error) {
        await withdraw();
        throw error;
      }
    },
    withdraw,
  };
}

async function announce(config: Settings, surroundings: AnnouncementSurroundings): Promise<Publication> {
  const { log, port, timing = mdnsTiming, resolve = resolveAll } = surroundings;
  const options = config.get(mdnsOptions);
  const endpoint = await endpointToAnnounce(config, surroundings);
  const service = await announcedService(endpoint, options.params, resolve);
  const interfaces = localInterfaces(networkInterfaces(), options.interfaces);
  const links = await openMulticastLinks({ interfaces, log, ...(port === undefined ? {} : { port }) });
  const publication = await publish({
    links,
    records: serviceRecords(service),
    attempts: options.registration_attempts,
    timing,
    log,
  });
  log.info(`mDNS: announced as ${instanceName}: ${endpoint}`);
  return publication;
}

const resolveAll: Resolve = (host) => lookup(host, { all: true });

/** A URL that is given whole needs no Keystone; the original asks for credentials even then. */
async function endpointToAnnounce(
  config: Settings,
  { clock, timing = mdnsTiming, ...surroundings }: AnnouncementSurroundings,
): Promise<string> {
  const section = 'service_catalog';
  const settings = clientSettings(config, serviceCatalogOptions);
  const given = settings.endpoint_override;
  if (given && !/[%$]\(/.test(given)) return endpointText(section, given);
  const session = openServiceSession({
    ...surroundings,
    section,
    settings,
    now: () => clock.now(),
    wait: (milliseconds) => timing.sleep(milliseconds),
    random: () => timing.random(),
  });
  try {
    return await session.endpoint();
  } finally {
    await session.close();
  }
}
