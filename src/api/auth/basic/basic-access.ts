import { InspectorError, messageOf, stackFields } from '../../../errors/inspector-error.ts';
import type { Logger } from '../../../logging/logger.ts';
import { headerOf } from '../../http-message.ts';
import type { Access, AccessRequest, Refusal, Wanted } from '../access.ts';
import { badCredentials, faulty, unauthorized, undecided } from '../refusals.ts';
import { parseAuthorization } from './parse-authorization.ts';
import type { VerifyPassword } from './password-check.ts';
import { type Digests, isBcrypt, type PasswordFile } from './password-file.ts';

/** What the decision over passwords needs. */
export interface BasicAccessParts {
  readonly file: PasswordFile;
  readonly isRight: VerifyPassword;
  readonly log: Logger;
}

/** The original sends none (docs/compatibility.md, basic-challenge). */
const challenge = 'Basic realm="Baremetal API"';

/** Of a password that nobody knows, for requests while the file has no user at all. */
const digestOfNobody = '$2b$10$fs9sfAKTJL/Iy3AUQ256aeRZkErzNyn7PvRuBMKeunazC6r0LFNFW';

/**
 * `http_basic`: who knows the password of a user in the file may do everything. Passwords are not looked at
 * where none is needed; a header that is none is refused everywhere, as in the original.
 */
export function basicAccess(parts: BasicAccessParts): Access {
  return {
    async refusal(request, wanted) {
      try {
        return await decide(parts, request, wanted);
      } catch (error) {
        return undecidable(error, parts.log);
      }
    },
    close: async () => undefined,
  };
}

async function decide(
  { file, isRight }: BasicAccessParts,
  request: AccessRequest,
  wanted: Wanted,
): Promise<Refusal | undefined> {
  const header = headerOf(request, 'authorization');
  if (header === undefined) return wanted.public ? undefined : unauthorized(challenge);
  const given = parseAuthorization(header);
  if ('problem' in given) return badCredentials(given.problem);
  if (wanted.public) return undefined;
  const digests = await file.digests();
  const digest = digests.get(given.user);
  const isKnown = digest !== undefined;
  if (isKnown && !isBcrypt(digest)) {
    throw new InspectorError('internal', `Only bcrypt digested passwords are supported for ${given.user}`);
  }
  // Who does not exist takes as long as who does, and so is not told from them.
  const isGood = await isRight(given.password, digest ?? anyDigest(digests));
  return isKnown && isGood ? undefined : unauthorized(challenge);
}

function anyDigest(digests: Digests): string {
  return [...digests.values()].find(isBcrypt) ?? digestOfNobody;
}

function undecidable(error: unknown, log: Logger): Refusal {
  if (error instanceof InspectorError && error.kind === 'unavailable') return undecided(error.message);
  log.error(`Users cannot be checked: ${messageOf(error)}`, stackFields(error));
  return faulty();
}
