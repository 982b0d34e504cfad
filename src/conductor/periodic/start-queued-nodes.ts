import type { BulkStarter } from '../../bulk/bulk-starter.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Goes on with bulk runs: takes over which introspections have ended, and starts the next ones. */
export function startQueuedNodes(starter: Pick<BulkStarter, 'tick'>, everySeconds: number): PeriodicTask {
  return { name: 'start-queued-nodes', everySeconds, run: () => starter.tick() };
}
