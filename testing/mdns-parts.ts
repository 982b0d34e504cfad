import type { LoadedConfiguration } from '../src/config/load-configuration.ts';
import { loadConfiguration } from '../src/config/load-configuration.ts';
import { type AnnouncedService, instanceName } from '../src/mdns/announced-service.ts';
import { enableMdnsOptions, mdnsOptions, serviceCatalogOptions } from '../src/mdns/mdns-options.ts';
import type { MdnsTiming } from '../src/mdns/mdns-timing.ts';
import { mdnsTiming } from '../src/mdns/mdns-timing.ts';
import { pause } from './pause.ts';

/** Waits a tenth as long as RFC 6762 says, and draws no lots. */
export const quickTiming: MdnsTiming = {
  ...mdnsTiming,
  probe: 25,
  deferral: 100,
  firstRetry: 10,
  announcement: 100,
  sharedAnswer: [2, 12],
  farewell: 12,
  random: () => 0,
  sleep: pause,
};

/** A service at an address, without a host name. */
export function serviceToAnnounce(changes: Partial<AnnouncedService> = {}): AnnouncedService {
  return {
    target: instanceName,
    port: 5050,
    addresses: ['192.0.2.7'],
    properties: ['protocol=http'],
    ...changes,
  };
}

/** A configuration that has multicast DNS on, over the loopback interface unless `text` says otherwise. */
export function mdnsConfiguration(text: string): LoadedConfiguration {
  const file = `[DEFAULT]\nenable_mdns = true\n[mdns]\ninterfaces = 127.0.0.1\n${text}\n`;
  return loadConfiguration([enableMdnsOptions, mdnsOptions, serviceCatalogOptions], {
    files: [{ path: '/x.conf', text: file }],
  });
}
