import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { CredentialSettings } from './client-options.ts';
import { identityOf } from './identity.ts';
import { required } from './required.ts';
import { scopeOf } from './scope.ts';

/** How a section's requests are authenticated. */
export type Authentication =
  /** The same headers with every request to a fixed endpoint. */
  | {
      readonly kind: 'fixed';
      readonly headers: Readonly<Record<string, string>>;
      readonly endpoint: string | null;
    }
  /** A token from Keystone, for which `body` is posted to `<identity>/auth/tokens`. */
  | { readonly kind: 'token'; readonly authUrl: string; readonly body: JsonObject };

/** The plug-ins of keystoneauth that this service has, and what each makes of the settings. */
const plugins: ReadonlyMap<string, (section: string, settings: CredentialSettings) => Authentication> =
  new Map([
    ['none', notUsed],
    ['noauth', notUsed],
    ['http_basic', basic],
    ['admin_token', adminToken],
    ['password', tokenFrom('password')],
    ['v3password', tokenFrom('password')],
    ['v3applicationcredential', tokenFrom('application_credential')],
    ['token', tokenFrom('token')],
    ['v3token', tokenFrom('token')],
  ]);

/**
 * Works out, from the settings alone, how to authenticate.
 *
 * @throws InspectorError `invalid` naming the option that is missing or wrong, and never what a secret is.
 */
export function authenticationOf(section: string, settings: CredentialSettings): Authentication {
  const make = plugins.get(settings.auth_type);
  if (make !== undefined) return make(section, settings);
  throw new InspectorError(
    'invalid',
    `[${section}]auth_type: expected one of ${[...plugins.keys()].join(', ')}, got "${settings.auth_type}"`,
  );
}

/** keystoneauth sends this very word, which services without authentication do not look at. */
function notUsed(_section: string, { endpoint }: CredentialSettings): Authentication {
  return { kind: 'fixed', headers: { 'x-auth-token': 'notused' }, endpoint };
}

function basic(section: string, settings: CredentialSettings): Authentication {
  const user = required(section, 'username', settings.username, settings.auth_type);
  const password = required(section, 'password', settings.password, settings.auth_type);
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return { kind: 'fixed', headers: { authorization: `Basic ${encoded}` }, endpoint: settings.endpoint };
}

function adminToken(section: string, settings: CredentialSettings): Authentication {
  const token = required(section, 'token', settings.token, settings.auth_type);
  return { kind: 'fixed', headers: { 'x-auth-token': token }, endpoint: settings.endpoint };
}

function tokenFrom(method: 'password' | 'token' | 'application_credential') {
  return (section: string, settings: CredentialSettings): Authentication => {
    const authUrl = required(section, 'auth_url', settings.auth_url, settings.auth_type);
    if (!/^https?:$/.test(URL.parse(authUrl)?.protocol ?? '')) {
      throw new InspectorError('invalid', `[${section}]auth_url: expected an http or https URL`);
    }
    const identity = identityOf(section, settings, method);
    // An application credential belongs to a project, and Keystone refuses another scope with it.
    const scope = method === 'application_credential' ? undefined : scopeOf(section, settings);
    return {
      kind: 'token',
      authUrl,
      body: { auth: scope === undefined ? { identity } : { identity, scope } },
    };
  };
}
