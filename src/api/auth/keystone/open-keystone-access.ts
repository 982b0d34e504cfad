import { InspectorError } from '../../../errors/inspector-error.ts';
import { authenticationOf } from '../../../keystone/authentication.ts';
import type { ClientSettings } from '../../../keystone/client-options.ts';
import { openServiceSession, type SessionParts } from '../../../keystone/service-session.ts';
import { openPolicy } from '../../policy/policy.ts';
import type { PolicyOptions } from '../../policy/policy-options.ts';
import { remoteChecks } from '../../policy/remote-check.ts';
import type { Access } from '../access.ts';
import { keystoneAccess } from './keystone-access.ts';
import type { KeystoneAuthOptions } from './keystone-auth-options.ts';
import { tokenIdentity } from './token-identity.ts';
import { tokenValidation } from './token-validation.ts';

/** What access by tokens and policy is made from. */
export interface OpenKeystoneParts extends Omit<SessionParts, 'section' | 'settings'> {
  readonly options: KeystoneAuthOptions;
  /** `options` as those of a client of Keystone. */
  readonly settings: ClientSettings;
  readonly policy: PolicyOptions;
  /** Where policy files are looked for. */
  readonly folders: readonly string[];
}

/**
 * Access by tokens and policy. Nothing is sent before a token comes.
 *
 * @throws InspectorError `invalid` for credentials that cannot work.
 */
export function openKeystoneAccess(parts: OpenKeystoneParts): Access {
  const { options, log, now } = parts;
  const publicUri = publicUriOf(parts);
  warnOf(options, parts);
  const session = openServiceSession({ ...parts, section: 'keystone_authtoken' });
  const validation = tokenValidation({
    session,
    now,
    cacheTime: options.token_cache_time,
    includeCatalogue: options.include_service_catalog,
  });
  const remote = remoteChecks(parts.policy);
  return keystoneAccess({
    identify: tokenIdentity({ validation, rules: options, log }),
    policy: openPolicy({ options: parts.policy, folders: parts.folders, remote, log }),
    publicUri,
    log,
    close: async () => void (await Promise.all([session.close(), remote.close()])),
  });
}

/** Goes into a header between quotes. */
function publicUriOf({ options, settings, log }: OpenKeystoneParts): string {
  const given = options.www_authenticate_uri;
  if (given) {
    if (!/["\\]|[^!-~]/.test(given)) return given;
    throw new InspectorError(
      'invalid',
      '[keystone_authtoken]www_authenticate_uri: expected a URL without quotes, blanks and characters beyond ASCII',
    );
  }
  const authentication = authenticationOf(options.auth_section || 'keystone_authtoken', settings);
  const uri = authentication.kind === 'token' ? authentication.authUrl : (authentication.endpoint ?? '');
  log.warning(
    `[keystone_authtoken]www_authenticate_uri is not set: clients without a good token are sent to ${uri}`,
  );
  return encodeURI(uri).replaceAll('"', '%22');
}

function warnOf(options: KeystoneAuthOptions, { log }: OpenKeystoneParts): void {
  if (!options.service_token_roles_required) {
    log.warning(
      '[keystone_authtoken]service_token_roles_required is false: any good token counts as that of a service',
    );
  }
  if (options.memcached_servers?.length) {
    log.warning(
      '[keystone_authtoken]memcached_servers is without effect: good tokens are kept in the process',
    );
  }
}
