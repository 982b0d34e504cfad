import type { BackOffParts } from '../src/pxe-filter/back-off.ts';

/** Timers that go off when a test lets them. */
export interface FakeTiming extends BackOffParts {
  /** Milliseconds of those that wait, in the order in which they were set. */
  waiting(): readonly number[];
  /** Lets all go off that wait now. */
  fire(): void;
}

export function fakeTiming(random = 0): FakeTiming {
  const timers = new Set<{ readonly milliseconds: number; readonly run: () => void }>();
  return {
    random: () => random,
    after(milliseconds, run) {
      const timer = { milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    waiting: () => [...timers].map(({ milliseconds }) => milliseconds),
    fire() {
      const due = [...timers];
      timers.clear();
      for (const { run } of due) run();
    },
  };
}
