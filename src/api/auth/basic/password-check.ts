import { createHmac } from 'node:crypto';
import { Turns } from './turns.ts';

/** Compares a password with a digest, which takes as long as the digest wants. */
export type VerifyPassword = (password: Uint8Array, digest: string) => Promise<boolean>;

/** What checking passwords needs. */
export interface PasswordCheckParts {
  readonly verify: VerifyPassword;
  readonly now: () => Date;
  /** Random and of this process alone: what is remembered is good for nothing elsewhere. */
  readonly key: Uint8Array;
}

/** Milliseconds for which a password that was right is not checked again. */
const lifetime = 60_000;
const mostRemembered = 1000;

/** Of the four threads that also read files. */
const atOnce = 2;
const mostWaiting = 64;

/**
 * A check of passwords that remembers right ones for a minute, as each check costs a good part of a second.
 * What is remembered goes by the digest, too: a user whose line has changed is checked anew.
 *
 * @returns a function that throws InspectorError `unavailable` when too many checks are waiting
 */
export function passwordCheck({ verify, now, key }: PasswordCheckParts): VerifyPassword {
  const turns = new Turns(atOnce, mostWaiting);
  const remembered = new Map<string, number>();
  return async (password, digest) => {
    const proof = createHmac('sha256', key).update(`${digest}\0`).update(password).digest('base64');
    const until = remembered.get(proof) ?? 0;
    if (until > now().getTime()) return true;
    remembered.delete(proof);
    const isRight = await turns.take(() => verify(password, digest));
    if (isRight) {
      const [oldest] = remembered.keys();
      if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
      remembered.set(proof, now().getTime() + lifetime);
    }
    return isRight;
  };
}
