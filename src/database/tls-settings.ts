import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/** How a connection to a database server is encrypted. Files are paths. */
export type TlsSettings =
  | { readonly mode: 'off' }
  /** `prefer`: without encryption where the server has none. */
  | {
      readonly mode: 'prefer' | 'require';
      /** Whether the server's certificate must be signed by `ca`, or else by an authority of Node's list. */
      readonly verifyCertificate: boolean;
      /** Whether it must also be for the host that was asked for. */
      readonly verifyHost: boolean;
      readonly ca: string | null;
      readonly cert: string | null;
      readonly key: string | null;
    };

/** What parameters of a connection ask for, and which of them were read. */
interface ReadTls {
  readonly settings: TlsSettings;
  readonly read: readonly string[];
}

type Parameters = ReadonlyMap<string, string>;

/** Modes of libpq, https://www.postgresql.org/docs/15/libpq-ssl.html; none given is `prefer`. */
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** @throws InspectorError `invalid` for an `sslmode` that libpq does not know. */
export function postgresqlTls(parameters: Parameters): ReadTls {
  const read = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
  const mode = oneOf('sslmode', sslModes, parameters.get('sslmode') ?? 'prefer');
  if (mode === 'disable') return { settings: { mode: 'off' }, read };
  const ca = parameters.get('sslrootcert') ?? null;
  return {
    settings: {
      mode: mode === 'allow' || mode === 'prefer' ? 'prefer' : 'require',
      // libpq treats `require` with a list of authorities as `verify-ca`.
      verifyCertificate: mode.startsWith('verify') || (mode === 'require' && ca !== null),
      verifyHost: mode === 'verify-full',
      ca: ca === 'system' ? null : ca,
      cert: parameters.get('sslcert') ?? null,
      key: parameters.get('sslkey') ?? null,
    },
    read,
  };
}

const mysqlModes = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;

const mysqlParameters = [
  'ssl_mode',
  'ssl_disabled',
  'ssl_ca',
  'ssl_cert',
  'ssl_key',
  'ssl_verify_cert',
  'ssl_verify_identity',
  'ssl_check_hostname',
];

/**
 * As PyMySQL: nothing is encrypted unless a parameter asks for it, and `ssl_ca` alone means that certificate
 * and host are verified. `ssl_mode` is that of mysqlclient and MySQL's own tools.
 *
 * @throws InspectorError `invalid` for a value that a parameter cannot have.
 */
export function mysqlTls(parameters: Parameters): ReadTls {
  const read = mysqlParameters;
  const asked = read.some((name) => parameters.has(name));
  const mode = parameters.has('ssl_mode')
    ? oneOf('ssl_mode', mysqlModes, String(parameters.get('ssl_mode')).toUpperCase())
    : null;
  if (!asked || mode === 'DISABLED' || flag('ssl_disabled', parameters, false)) {
    return { settings: { mode: 'off' }, read };
  }
  const ca = parameters.get('ssl_ca') ?? null;
  const byAuthority = mode === null && ca !== null;
  const host = flag('ssl_check_hostname', parameters, byAuthority || mode === 'VERIFY_IDENTITY');
  const verifyHost = flag('ssl_verify_identity', parameters, host);
  return {
    settings: {
      mode: mode === 'PREFERRED' ? 'prefer' : 'require',
      verifyCertificate: flag(
        'ssl_verify_cert',
        parameters,
        byAuthority || mode === 'VERIFY_CA' || verifyHost,
      ),
      verifyHost,
      ca,
      cert: parameters.get('ssl_cert') ?? null,
      key: parameters.get('ssl_key') ?? null,
    },
    read,
  };
}

/**
 * The same for Node's TLS, with the files' contents; `null` for no encryption.
 *
 * @throws InspectorError `invalid` when a file cannot be read.
 */
export function tlsOptions(settings: TlsSettings): ConnectionOptions | null {
  if (settings.mode === 'off') return null;
  const { verifyCertificate, verifyHost, ca, cert, key } = settings;
  return {
    rejectUnauthorized: verifyCertificate,
    ...(verifyHost ? {} : { checkServerIdentity: () => undefined }),
    ...(ca === null ? {} : { ca: contentsOf(ca) }),
    ...(cert === null ? {} : { cert: contentsOf(cert) }),
    ...(key === null ? {} : { key: contentsOf(key) }),
  };
}

function contentsOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InspectorError('invalid', `[database]connection: cannot read a TLS file: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function oneOf<const T extends string>(name: string, words: readonly T[], word: string): T {
  const found = words.find((each) => each === word);
  if (found !== undefined) return found;
  throw new InspectorError(
    'invalid',
    `[database]connection: expected one of ${words.join(', ')} for the parameter "${name}"`,
  );
}

function flag(name: string, parameters: Parameters, otherwise: boolean): boolean {
  const text = parameters.get(name);
  if (text === undefined) return otherwise;
  return oneOf(name, ['true', 'false', '1', '0'], text.toLowerCase()) === 'true' || text === '1';
}
