import { isIP } from 'node:net';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/** The kind of service under which OpenStack's services announce themselves, without its final dot. */
export const serviceKind = '_openstack._tcp.local';

/** The name of this one, without its final dot. */
export const instanceName = `baremetal-introspection.${serviceKind}`;

/** What is announced of the service. */
export interface AnnouncedService {
  /** The host of the endpoint; `instanceName` where the endpoint has an address and no name. */
  readonly target: string;
  readonly port: number;
  /** IPv4 and IPv6, at least one, each once. */
  readonly addresses: readonly string[];
  /** `key=value`, each at most 255 bytes. */
  readonly properties: readonly string[];
}

/** Finds the addresses of a host; throws when it cannot. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string }[]>;

/** Bytes of a property (RFC 6763, 6.1), of a label and of a name (RFC 1035, 2.3.4). */
const limits = { property: 255, label: 63, name: 253 };

/**
 * How the service at an endpoint is announced. Path and protocol are left out where the port says them, as the
 * ramdisk expects it; they win over `params` of the same name.
 *
 * @throws InspectorError `invalid` for a property that cannot be announced, `unavailable` for a host without
 *   addresses.
 */
export async function announcedService(
  endpoint: string,
  params: Readonly<Record<string, string>>,
  resolve: Resolve,
): Promise<AnnouncedService> {
  const url = new URL(endpoint);
  const scheme = url.protocol.slice(0, -1);
  const standardPort = scheme === 'https' ? 443 : 80;
  const port = url.port === '' ? standardPort : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) === 0) checkName(host);
  const properties = {
    ...params,
    ...(url.pathname === '/' ? {} : { path: url.pathname }),
    ...(port === standardPort ? {} : { protocol: scheme }),
  };
  return {
    target: isIP(host) === 0 ? host : instanceName,
    port,
    addresses: isIP(host) === 0 ? await addressesOf(host, resolve) : [host],
    properties: Object.entries(properties).map(([key, value]) => propertyText(key, value)),
  };
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  const advice = 'check the endpoint of [service_catalog] and how this machine resolves names';
  try {
    const found = (await resolve(host)).map(({ address }) => address.replace(/%.*$/, ''));
    if (found.length > 0) return [...new Set(found)];
  } catch (error) {
    const text = `mDNS: Could not resolve hostname ${host}: ${messageOf(error)}; ${advice}`;
    throw new InspectorError('unavailable', text, { cause: error });
  }
  throw new InspectorError('unavailable', `mDNS: No suitable addresses found for ${host}; ${advice}`);
}

function propertyText(key: string, value: string): string {
  if (!/^[\x20-\x3c\x3e-\x7e]+$/.test(key)) {
    throw new InspectorError(
      'invalid',
      `[mdns]params: expected keys of printable ASCII characters without "=", got "${key}"`,
    );
  }
  const text = `${key}=${value}`;
  const bytes = Buffer.byteLength(text);
  if (bytes <= limits.property) return text;
  throw new InspectorError(
    'invalid',
    `[mdns]params: expected at most ${limits.property} bytes for key and value of ${key}, got ${bytes}`,
  );
}

function checkName(host: string): void {
  const labels = host.split('.');
  const fits = labels.every((label) => label !== '' && Buffer.byteLength(label) <= limits.label);
  if (fits && Buffer.byteLength(host) <= limits.name) return;
  throw new InspectorError(
    'invalid',
    `[service_catalog]: expected an endpoint with a host name as DNS has them, got "${host}"`,
  );
}
