import type { Introspection } from '../../introspection/introspection.ts';
import { timeOut } from '../../introspection/time-out.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Ends what has run for too long. It looks at all rows, so it also finds what a crash left behind. */
export function cleanUp(on: Introspection, everySeconds: number): PeriodicTask {
  return { name: 'clean-up', everySeconds, run: () => timeOut(on) };
}
