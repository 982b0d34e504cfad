import { InspectorError } from '../../errors/inspector-error.ts';

/** Where a broker listens. */
export interface BrokerAddress {
  readonly host: string;
  /** Undefined: the usual one. */
  readonly port: number | undefined;
}

/** A `[DEFAULT]transport_url` in its parts. */
export interface TransportUrl {
  /** `fake` stands for no broker at all: calls within one process. */
  readonly transport: 'rabbit' | 'fake';
  /** At least one. */
  readonly addresses: readonly BrokerAddress[];
  readonly username: string;
  readonly password: string;
  readonly virtualHost: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const form = 'rabbit://user:password@host:port,.../virtual-host';

/**
 * Reads a URL as oslo.messaging does: several hosts with commas between them, IPv6 addresses in brackets, user,
 * password and virtual host percent-encoded, and `guest` on this machine where nothing is said. Hosts share one
 * user, who may be named at any of them.
 *
 * @throws InspectorError `invalid`, without the URL, which is a secret.
 */
export function parseTransportUrl(url: string): TransportUrl {
  const [, scheme, authority = '', path = '', query = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?$/i.exec(url) ?? [];
  if (scheme === undefined) throw refused(`expected ${form} with special characters percent-encoded`);
  const transport = scheme.toLowerCase();
  if (transport !== 'rabbit' && transport !== 'fake') {
    throw refused(`expected the scheme rabbit or fake, got ${scheme}`);
  }
  const hosts = authority.split(',').filter((host) => host !== '');
  const { username, password } = credentialsOf(hosts);
  return {
    transport,
    addresses: hosts.length === 0 ? [{ host: 'localhost', port: undefined }] : hosts.map(addressOf),
    username,
    password,
    virtualHost: decoded(path.slice(1)) || '/',
    parameters: new Map(new URLSearchParams(query)),
  };
}

function credentialsOf(hosts: readonly string[]): { username: string; password: string } {
  const named = new Set(
    hosts.filter((host) => host.includes('@')).map((host) => host.slice(0, host.lastIndexOf('@'))),
  );
  if (named.size > 1) throw refused('expected the same user and password for all hosts');
  const [credentials] = named;
  if (credentials === undefined) return { username: 'guest', password: 'guest' };
  const colon = credentials.indexOf(':');
  if (colon < 0) return { username: decoded(credentials), password: '' };
  return { username: decoded(credentials.slice(0, colon)), password: decoded(credentials.slice(colon + 1)) };
}

function addressOf(text: string): BrokerAddress {
  const host = text.slice(text.lastIndexOf('@') + 1);
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.%]+)\]|([^[\]:]*))(?::(\d*))?$/.exec(host) ?? [];
  const name = bracketed ?? plain;
  if (name === undefined) throw refused(`expected a host as ${form} has it, IPv6 addresses in brackets`);
  const number = port === undefined || port === '' ? undefined : Number(port);
  if (number !== undefined && (number < 1 || number > 65_535)) {
    throw refused(`expected a port from 1 to 65535, got ${port}`);
  }
  return { host: name === '' ? 'localhost' : name, port: number };
}

/** A percent sign that begins no character stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(what: string): InspectorError {
  return new InspectorError('invalid', `[DEFAULT]transport_url: ${what}`);
}
