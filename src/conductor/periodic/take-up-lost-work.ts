import type { Introspection } from '../../introspection/introspection.ts';
import { takeUpLostWork } from '../../introspection/take-up.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Goes on with what a database that went away has interrupted, so that nothing needs a restart. */
export function takeUpLost(on: Introspection, everySeconds: number): PeriodicTask {
  return { name: 'take-up-lost-work', everySeconds, run: () => takeUpLostWork(on) };
}
