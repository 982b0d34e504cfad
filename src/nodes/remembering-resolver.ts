import type { Clock } from '../host/clock.ts';
import type { ResolveHost } from './bmc-address.ts';

/** How long a name server is waited for, and how long its answers count. */
export interface ResolverSettings {
  readonly clock: Clock;
  /** Milliseconds that one look-up may take; 5 s when not given. */
  readonly timeout?: number;
  /** Milliseconds that an answer counts, a failure among them; 60 s when not given. */
  readonly remembered?: number;
  /** Most names that are remembered; the oldest goes. */
  readonly entries?: number;
}

interface Entry {
  readonly answer: ReturnType<ResolveHost>;
  /** Epoch milliseconds; `undefined` while there is no answer yet. */
  until: number | undefined;
}

/**
 * Resolves names with a time-out, and remembers for a while what came of it: a callback of an unknown
 * machine may have the BMC names of all nodes looked up, one after the other. Who asks for a name that is
 * being looked up shares the answer.
 *
 * @throws Error (of the function that is returned) as `resolve` does, and after the time-out.
 */
export function rememberingResolver(resolve: ResolveHost, settings: ResolverSettings): ResolveHost {
  const { clock, timeout = 5000, remembered = 60_000, entries = 1000 } = settings;
  const known = new Map<string, Entry>();
  return (host) => {
    const now = clock.now().getTime();
    const entry = known.get(host);
    if (entry !== undefined && (entry.until === undefined || now < entry.until)) return entry.answer;
    const next: Entry = { answer: within(timeout, () => resolve(host), host), until: undefined };
    const remember = () => {
      next.until = clock.now().getTime() + remembered;
    };
    next.answer.then(remember, remember);
    // Set anew, so that the order is that of age.
    known.delete(host);
    known.set(host, next);
    const [oldest] = known.keys();
    if (known.size > entries && oldest !== undefined) known.delete(oldest);
    return next.answer;
  };
}

async function within<T>(milliseconds: number, work: () => Promise<T>, host: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const seconds = milliseconds / 1000;
  const timer = setTimeout(
    () => reject(new Error(`Expected an answer for ${host} within ${seconds} s, got none`)),
    milliseconds,
  );
  try {
    return await Promise.race([work(), promise]);
  } finally {
    clearTimeout(timer);
  }
}
