import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { ConnectionUrl, Engine } from './connection-url.ts';
import { mysqlTls, postgresqlTls, type TlsSettings } from './tls-settings.ts';

/** A database on a server, and how to reach it. */
export interface ServerAddress {
  readonly engine: Exclude<Engine, 'sqlite'>;
  readonly user: string;
  readonly password: string;
  /** A name or address; empty where a socket is given. */
  readonly host: string;
  readonly port: number;
  /** MySQL: a socket; PostgreSQL: the folder that it is in. `null` for a connection over the network. */
  readonly socket: string | null;
  readonly database: string;
  readonly tls: TlsSettings;
  /** Milliseconds until a connection must be there. */
  readonly connectTimeout: number;
  /** PostgreSQL: settings of the session as on a command line, `-c search_path=inspector`. */
  readonly startupOptions: string;
  /** Engine, database and place for people: without user and password. */
  readonly location: string;
}

const defaultPort = { postgresql: 5432, mysql: 3306 } as const;

/** Where libpq looks on Debian when a connection names no host. */
const postgresqlSocketFolder = '/var/run/postgresql';

const defaultConnectTimeout = 10;

const tlsOf = { postgresql: postgresqlTls, mysql: mysqlTls } as const;

/** Read here. The other accepted ones are about the character set (it is always UTF-8) and Python's own types. */
const readParameters: Readonly<Record<ServerAddress['engine'], ReadonlySet<string>>> = {
  postgresql: new Set(['host', 'port', 'connect_timeout', 'options', 'client_encoding', 'application_name']),
  mysql: new Set(['unix_socket', 'connect_timeout', 'charset', 'use_unicode', 'binary_prefix']),
};

/**
 * The server that a connection names, with the parameters that psycopg2 and PyMySQL know. One that has no
 * effect is a warning.
 *
 * @throws InspectorError `invalid` when no database is named, or a parameter has a value that it cannot have.
 */
export function serverAddress(
  url: ConnectionUrl & { readonly engine: ServerAddress['engine'] },
  log: Logger,
): ServerAddress {
  const { engine, parameters } = url;
  if (url.database === '') {
    throw new InspectorError(
      'invalid',
      `[database]connection: expected a database name after the host, as in ${engine}://<host>/ironic_inspector`,
    );
  }
  const tls = tlsOf[engine](parameters);
  warnOfUnused(parameters, new Set([...readParameters[engine], ...tls.read]), engine, log);
  const place = placeOf(url);
  const at = place.socket ?? `${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`;
  return {
    engine,
    user: url.user,
    password: url.password,
    ...place,
    database: url.database,
    // Encryption on a socket of this machine would hide nothing from anyone.
    tls: place.socket === null ? tls.settings : { mode: 'off' },
    connectTimeout: secondsOf('connect_timeout', parameters, defaultConnectTimeout) * 1000,
    startupOptions: parameters.get('options') ?? '',
    location: `${engine === 'mysql' ? 'MySQL' : 'PostgreSQL'} database "${url.database}" on ${at}`,
  };
}

function placeOf(url: ConnectionUrl): Pick<ServerAddress, 'host' | 'port' | 'socket'> {
  if (url.engine === 'mysql') {
    const socket = url.parameters.get('unix_socket') ?? null;
    const host = socket === null ? url.host || 'localhost' : '';
    return { host, port: url.port ?? defaultPort.mysql, socket };
  }
  const host = url.parameters.get('host') ?? (url.host || postgresqlSocketFolder);
  const port = secondsOf('port', url.parameters, url.port ?? defaultPort.postgresql);
  return host.startsWith('/') ? { host: '', port, socket: host } : { host, port, socket: null };
}

function secondsOf(name: string, parameters: ConnectionUrl['parameters'], otherwise: number): number {
  const text = parameters.get(name);
  if (text === undefined) return otherwise;
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InspectorError(
    'invalid',
    `[database]connection: expected a whole number above 0 for the parameter "${name}"`,
  );
}

function warnOfUnused(
  parameters: ConnectionUrl['parameters'],
  used: ReadonlySet<string>,
  engine: string,
  log: Logger,
): void {
  for (const name of parameters.keys()) {
    if (used.has(name)) continue;
    log.warning(`[database]connection: the parameter "${name}" has no effect with ${engine}`);
  }
}
