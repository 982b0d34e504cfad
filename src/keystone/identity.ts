import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { CredentialSettings } from './client-options.ts';
import { domainOf } from './domain-of.ts';
import { required } from './required.ts';

/**
 * Who asks for a token, in the form of Keystone's API v3.
 *
 * @throws InspectorError `invalid` naming the option that is missing.
 */
export function identityOf(
  section: string,
  settings: CredentialSettings,
  method: 'password' | 'token' | 'application_credential',
): JsonObject {
  const needed = (option: 'password' | 'token' | 'application_credential_secret') =>
    required(section, option, settings[option], settings.auth_type);
  const credentials = {
    password: () => ({ user: { ...userOf(section, settings), password: needed('password') } }),
    token: () => ({ id: needed('token') }),
    application_credential: () => ({
      ...applicationCredential(section, settings),
      secret: needed('application_credential_secret'),
    }),
  };
  return { methods: [method], [method]: credentials[method]() };
}

function applicationCredential(section: string, settings: CredentialSettings): JsonObject {
  const { application_credential_id: id, application_credential_name: name } = settings;
  if (id) return { id };
  if (name) return { name, user: userOf(section, settings) };
  throw new InspectorError(
    'invalid',
    `[${section}]application_credential_id: expected it or application_credential_name to be set`,
  );
}

function userOf(section: string, settings: CredentialSettings): JsonObject {
  if (settings.user_id) return { id: settings.user_id };
  const name = required(section, 'username', settings.username, settings.auth_type);
  const domain = domainOf(
    { id: settings.user_domain_id, name: settings.user_domain_name },
    { id: settings.default_domain_id, name: settings.default_domain_name },
  );
  if (domain !== undefined) return { name, domain };
  throw new InspectorError(
    'invalid',
    `[${section}]user_domain_name: expected it or user_domain_id to be set, as username is`,
  );
}
