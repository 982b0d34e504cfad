import type { Logger } from '../../../logging/logger.ts';
import { headerOf } from '../../http-message.ts';
import type { Credentials } from '../../policy/credentials.ts';
import type { AccessRequest } from '../access.ts';
import { accessRulesAllow } from './access-rules.ts';
import type { KeystoneAuthOptions } from './keystone-auth-options.ts';
import { credentialsOf } from './token-credentials.ts';
import type { TokenDocument } from './token-document.ts';
import type { TokenValidation } from './token-validation.ts';

/** What tokens are judged by, once Keystone has found them good. */
export type TokenRules = Pick<
  KeystoneAuthOptions,
  'service_token_roles' | 'service_token_roles_required' | 'service_type' | 'enforce_token_bind'
>;

/** What finding out who asks needs. */
export interface TokenIdentityParts {
  readonly validation: TokenValidation;
  readonly rules: TokenRules;
  readonly log: Logger;
}

/** Who asks. `undefined` when the request has no good token. */
export type Identify = (request: AccessRequest) => Promise<Credentials | undefined>;

/**
 * Finds out who asks by the tokens of a request. Headers that claim an identity are not looked at.
 *
 * @returns a function that throws InspectorError `unavailable` or `forbidden` when Keystone cannot be asked
 */
export function tokenIdentity({ validation, rules, log }: TokenIdentityParts): Identify {
  return async (request) => {
    const token = tokenIn(request);
    if (token === undefined) return undefined;
    const service = await serviceOf(request, validation, rules);
    const user = await validation.validate(token, service?.mayProlong === true);
    if (user === undefined || !bindIsGood(user, rules.enforce_token_bind)) return undefined;
    if (service === undefined && !isWithinAccessRules(user, request, rules, log)) return undefined;
    return credentialsOf(user, service?.document);
  };
}

/** The token of a request's user, by either of the two names. */
function tokenIn(request: Pick<AccessRequest, 'headers'>): string | undefined {
  return (
    headerOf(request, 'x-auth-token')?.trim() || headerOf(request, 'x-storage-token')?.trim() || undefined
  );
}

interface Service {
  readonly document: TokenDocument;
  /** Whether a user's token is good beyond its end with it. */
  readonly mayProlong: boolean;
}

/** Any good token is a service's, unless roles are required; then one without them counts for nothing. */
async function serviceOf(
  request: AccessRequest,
  validation: TokenValidation,
  rules: TokenRules,
): Promise<Service | undefined> {
  const token = headerOf(request, 'x-service-token')?.trim();
  if (!token) return undefined;
  const document = await validation.validate(token, false);
  if (document === undefined || !bindIsGood(document, rules.enforce_token_bind)) return undefined;
  const mayProlong = document.roles.some((role) => rules.service_token_roles.includes(role));
  return rules.service_token_roles_required && !mayProlong ? undefined : { document, mayProlong };
}

/** Nothing that a token can be bound to can be seen here; what must not matter is let pass. */
function bindIsGood({ bind }: TokenDocument, mode: string): boolean {
  if (mode === 'disabled') return true;
  if (mode === 'permissive') return !bind.includes('kerberos');
  return mode === 'strict' && bind.length === 0;
}

function isWithinAccessRules(
  { accessRules }: TokenDocument,
  request: AccessRequest,
  { service_type: serviceType }: TokenRules,
  log: Logger,
): boolean {
  if (accessRules === undefined) return true;
  if (serviceType) return accessRulesAllow(accessRules, request, serviceType);
  log.warning(
    'An application credential with access rules is refused: set [keystone_authtoken]service_type to have them checked',
  );
  return false;
}
