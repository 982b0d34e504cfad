import type { Access, AccessChange } from '../access.ts';
import { strangersFile, type Verdict, verdictFor } from './host-line.ts';

/** File names, each in the order in which the files are to be written. */
export interface PlannedWrites {
  readonly deny: readonly string[];
  readonly allow: readonly string[];
}

/**
 * What differs from what the files say. All denials come first, so that nobody is let in while somebody has yet to be
 * kept out: a port that has just been made known would otherwise pass as a stranger. Strangers are kept out before
 * anything else and let in after everything else.
 *
 * @param candidates MAC addresses that may differ, each once.
 * @param says What each file says; nothing for a file that is missing or wrong.
 */
export function planWrites(
  access: Access,
  candidates: Iterable<string>,
  says: (name: string) => Verdict | undefined,
): PlannedWrites {
  const planned: Record<Verdict, string[]> = { deny: [], allow: [] };
  for (const mac of candidates) {
    const verdict = verdictFor(access, mac);
    if (says(mac) !== verdict) planned[verdict].push(mac);
  }
  const strangers = verdictFor(access, strangersFile);
  if (says(strangersFile) === strangers) return planned;
  if (strangers === 'deny') planned.deny.unshift(strangersFile);
  else planned.allow.push(strangersFile);
  return planned;
}

/** All MAC addresses that there are: those of ports, and those of files that ports have left behind. */
export function* everyMac(access: Access, forgotten: Iterable<string>): Generator<string> {
  yield* access.denied;
  for (const mac of access.allowed) if (!access.denied.has(mac)) yield mac;
  yield* forgotten;
}

/** Whether a file is that of a port which is no more. */
export function isForgotten(access: Access, name: string): boolean {
  return name !== strangersFile && !access.denied.has(name) && !access.allowed.has(name);
}

/**
 * The MAC addresses that may differ after a change. What is forgotten gets what strangers get, with them: dnsmasq
 * does not take note of a file that is deleted, so the file stays and has to go along with the mode.
 *
 * @param forgotten Those whose ports went at an earlier call and whose files are still there.
 */
export function* changedMacs(
  access: Access,
  change: AccessChange,
  forgotten: ReadonlySet<string>,
  has: (name: string) => boolean,
): Generator<string> {
  yield* change.deny;
  yield* change.allow;
  for (const mac of change.forget) if (!forgotten.has(mac) && has(mac)) yield mac;
  if (access.mode === change.modeWas) return;
  for (const mac of forgotten) if (isForgotten(access, mac)) yield mac;
}
