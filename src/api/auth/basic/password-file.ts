import { readFile, stat } from 'node:fs/promises';
import { InspectorError, messageOf } from '../../../errors/inspector-error.ts';

/** Users and their digests. */
export type Digests = ReadonlyMap<string, string>;

/** The file of users, read again when it has changed. */
export interface PasswordFile {
  /** @throws InspectorError `internal` for a file that cannot be read. */
  digests(): Promise<Digests>;
}

/** The three that say bcrypt. Behind them stand the cost, the salt and the digest. */
const bcryptDigest = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

/** Whether a digest is one that passwords can be checked with. */
export function isBcrypt(digest: string): boolean {
  return bcryptDigest.test(digest);
}

/**
 * The users in the text of a file: a line `user:digest` for each, of which the first one counts. Lines without
 * a colon are left out.
 */
function parsePasswordFile(text: string): Digests {
  const digests = new Map<string, string>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    const colon = line.indexOf(':');
    const user = line.slice(0, Math.max(colon, 0));
    if (colon >= 0 && !digests.has(user)) digests.set(user, line.slice(colon + 1));
  }
  return digests;
}

/** The file at `path`. What can be read is looked at with each call, which costs no more than asking for its state. */
export function passwordFile(path: string): PasswordFile {
  let known: { readonly state: string; readonly digests: Digests } | undefined;
  return {
    async digests() {
      try {
        const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
        const state = [mtimeNs, ctimeNs, size, ino].join(' ');
        if (known?.state !== state)
          known = { state, digests: parsePasswordFile(await readFile(path, 'utf8')) };
        return known.digests;
      } catch (cause) {
        throw new InspectorError('internal', `Users cannot be read from ${path}: ${messageOf(cause)}`, {
          cause,
        });
      }
    },
  };
}

/**
 * Sees to it that a service does not start with users that could never log in.
 *
 * @throws InspectorError `invalid` for a file that cannot be read, or a digest that is not bcrypt.
 */
export async function checkPasswordFile(path: string): Promise<void> {
  const digests = await passwordFile(path)
    .digests()
    .catch((cause: unknown) => {
      throw new InspectorError(
        'invalid',
        `[DEFAULT]http_basic_auth_user_file: expected a file that the service's user may read: ${messageOf(cause)}`,
        { cause },
      );
    });
  const wrong = [...digests].find(([, digest]) => !isBcrypt(digest));
  if (wrong === undefined) return;
  throw new InspectorError(
    'invalid',
    `[DEFAULT]http_basic_auth_user_file: ${path}: Only bcrypt digested passwords are supported for ${wrong[0]}: ` +
      'make the line with "htpasswd -nB"',
  );
}
