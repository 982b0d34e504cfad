import { forgetGone } from '../../introspection/forget-gone.ts';
import type { Introspection } from '../../introspection/introspection.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Forgets nodes that the bare metal service does not have any more, with the data that is kept of them. */
export function forgetGoneNodes(on: Introspection, everySeconds: number): PeriodicTask {
  return { name: 'forget-gone-nodes', everySeconds, run: () => forgetGone(on) };
}
