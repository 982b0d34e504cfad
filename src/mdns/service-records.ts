import { isIPv6 } from 'node:net';
import type { SrvAnswer, StringAnswer, TxtAnswer } from 'dns-packet';
import { type AnnouncedService, instanceName, serviceKind } from './announced-service.ts';

/** A resource record that is announced. `flush` marks what nobody else has (RFC 6762, 10.2). */
export type ServiceRecord = (StringAnswer | SrvAnswer | TxtAnswer) & { readonly ttl: number };

/** The records of a service. */
export interface ServiceRecords {
  /** What is announced, in the order of an announcement. */
  readonly announced: readonly ServiceRecord[];
  /** Told only to who asks which kinds of services there are (RFC 6763, 9). */
  readonly kinds: ServiceRecord;
}

/** Seconds: those of records with a host name, and of the others (RFC 6762, 10). */
const lifetimes = { host: 120, other: 4500 };

/** The records that tell of a service. */
export function serviceRecords({ target, port, addresses, properties }: AnnouncedService): ServiceRecords {
  const unique = { class: 'IN', flush: true } as const;
  const shared = { class: 'IN', flush: false, type: 'PTR', ttl: lifetimes.other } as const;
  // A record without properties still has one text, an empty one (RFC 6763, 6.1).
  const texts = properties.length === 0 ? [''] : properties;
  return {
    announced: [
      { ...shared, name: serviceKind, data: instanceName },
      {
        ...unique,
        name: instanceName,
        type: 'SRV',
        ttl: lifetimes.host,
        data: { priority: 0, weight: 0, port, target },
      },
      {
        ...unique,
        name: instanceName,
        type: 'TXT',
        ttl: lifetimes.other,
        data: texts.map((text) => Buffer.from(text)),
      },
      ...addresses.map((address) => ({
        ...unique,
        name: target,
        type: isIPv6(address) ? ('AAAA' as const) : ('A' as const),
        ttl: lifetimes.host,
        data: address,
      })),
    ],
    kinds: { ...shared, name: '_services._dns-sd._udp.local', data: serviceKind },
  };
}
