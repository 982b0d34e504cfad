import { messageOf, stackFields } from '../../../errors/inspector-error.ts';
import type { Logger } from '../../../logging/logger.ts';
import type { Policy } from '../../policy/policy.ts';
import { PolicyError } from '../../policy/policy-error.ts';
import type { Access, AccessRequest, Refusal, Wanted } from '../access.ts';
import { denied, faulty, unauthorized, undecided } from '../refusals.ts';
import { credentialsOf } from './token-credentials.ts';
import type { Identify } from './token-identity.ts';

/** What the decision over tokens and policy needs. */
export interface KeystoneAccessParts {
  readonly identify: Identify;
  readonly policy: Policy;
  /** The URL of Keystone that clients without a good token are told. */
  readonly publicUri: string;
  readonly log: Logger;
  readonly close: () => Promise<void>;
}

/**
 * `keystone`: who asks is known by a token, and what they may do by the policy.
 *
 * What everybody may ask for is decided without a look at the token: the ramdisk's callback works while
 * Keystone is away. When it is, the rest gets 503 (docs/compatibility.md, keystone-away-503).
 */
export function keystoneAccess(parts: KeystoneAccessParts): Access {
  return {
    async refusal(request, wanted) {
      try {
        return await decide(parts, request, wanted);
      } catch (error) {
        return undecidable(error, parts.log);
      }
    },
    close: parts.close,
  };
}

async function decide(
  { identify, policy, publicUri }: KeystoneAccessParts,
  request: AccessRequest,
  { policy: rule, public: isPublic }: Wanted,
): Promise<Refusal | undefined> {
  if (isPublic && (await policy.allows(rule, { ...credentialsOf(undefined), is_public_api: true }))) {
    return undefined;
  }
  const identity = await identify(request);
  if (identity === undefined) return isPublic ? denied() : unauthorized(`Keystone uri="${publicUri}"`);
  const isAllowed = await policy.allows(rule, { ...identity, is_public_api: isPublic });
  return isAllowed ? undefined : denied();
}

/** Operators read the reason in the log; clients have no business with it. */
function undecidable(error: unknown, log: Logger): Refusal {
  if (error instanceof PolicyError) {
    log.error(`Nothing is allowed, as the policy cannot be applied: ${error.message}`);
    return faulty();
  }
  log.error(`Tokens cannot be checked: ${messageOf(error)}`, stackFields(error));
  return undecided('The identity service cannot be reached, please try again later');
}
