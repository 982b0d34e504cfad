import { InspectorError } from '../errors/inspector-error.ts';

/** The engines that a connection may name. MariaDB is spoken to as MySQL. */
export type Engine = 'sqlite' | 'postgresql' | 'mysql';

/** The parts of `[database]connection`. What the URL leaves out is empty; nothing here may be shown to anyone. */
export interface ConnectionUrl {
  readonly engine: Engine;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: number | null;
  /** After the slash that ends the host, as it stands: for SQLite a path. */
  readonly database: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `mysql+pymysql` is `mysql` here: what follows the plus sign names a library of Python. */
const engines: Readonly<Record<string, Engine>> = {
  sqlite: 'sqlite',
  postgresql: 'postgresql',
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
};

const examples: Readonly<Record<Engine, string>> = {
  sqlite: 'sqlite:///<path>',
  mysql: 'mysql+pymysql://<user>:<password>@<host>:<port>/<database>',
  postgresql: 'postgresql://<user>:<password>@<host>:<port>/<database>',
};

/** As SQLAlchemy takes a URL apart: https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls. */
const form =
  /^(?:(?<user>[^:/?@]*)(?::(?<password>[^@]*))?@)?(?:\[(?<ipv6>[^/?\]]+)\]|(?<host>[^/:?@]+))?(?::(?<port>\d*))?(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/s;

/**
 * Takes `[database]connection` apart; `more` is `[database]connection_parameters`, `name=value&...`. Messages
 * show no more of a connection than its type: there may be a password in it.
 *
 * @throws InspectorError `invalid` for an engine that is not supported, and for what is no URL.
 */
export function parseConnectionUrl(connection: string, more = ''): ConnectionUrl {
  const [, scheme = 'unknown', rest = ''] = /^([\w+]+):\/\/(.*)$/s.exec(connection) ?? [];
  const [name = ''] = scheme.split('+', 1);
  const engine = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (engine === undefined) {
    throw new InspectorError(
      'invalid',
      `[database]connection: expected ${Object.values(examples).join(' or ')}, got a connection of type "${scheme}"`,
    );
  }
  const parts = form.exec(rest)?.groups;
  const port = Number(parts?.['port'] ?? 0);
  if (parts === undefined || port > 65_535) throw malformed(engine);
  return {
    engine,
    user: unquote(parts['user'] ?? ''),
    password: unquote(parts['password'] ?? ''),
    host: parts['ipv6'] ?? parts['host'] ?? '',
    port: port === 0 ? null : port,
    database: parts['database'] ?? '',
    parameters: new Map([...new URLSearchParams(parts['query'] ?? ''), ...new URLSearchParams(more)]),
  };
}

function malformed(engine: Engine): InspectorError {
  return new InspectorError(
    'invalid',
    `[database]connection: expected ${examples[engine]}, got something else after the two slashes. ` +
      'In user and password, write special characters percent-encoded: @ is %40, : is %3A, / is %2F, % is %25',
  );
}

/** As Python decodes: a percent sign that begins no code stays as it is, so that `100%sure` is a password. */
function unquote(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
