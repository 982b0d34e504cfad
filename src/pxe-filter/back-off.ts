/** Tries again later, each time after a longer while. */
export interface BackOff {
  /** Has `run` called later; once, however often this is asked for until then. */
  later(): void;
  /** It has worked: nothing is to be called, and the next failure is the first one. */
  done(): void;
}

/** Where the time comes from. */
export interface BackOffParts {
  /** Calls `run` after so many milliseconds, unless what it returns is called before. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Milliseconds: of the first wait, which doubles, and of the longest. */
const [first, longest] = [1000, 60_000];

/** Waits are up to a half shorter, so that several services do not ask all at once. */
export function backOff({ after, random }: BackOffParts, run: () => void): BackOff {
  let failures = 0;
  let cancel: (() => void) | undefined;
  return {
    later() {
      if (cancel !== undefined) return;
      const delay = Math.min(longest, first * 2 ** failures) * (1 - random() / 2);
      failures += 1;
      cancel = after(delay, () => {
        cancel = undefined;
        run();
      });
    },
    done() {
      failures = 0;
      cancel?.();
      cancel = undefined;
    },
  };
}

/** The system's; it keeps no process alive. */
export const systemTiming: BackOffParts = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
