import type { PeriodicTask } from './periodic-task.ts';

/** A task that one conductor does for all. Asked anew each time, as leadership moves when its holder dies. */
export function onlyLeader(task: PeriodicTask, on: { isLeader(): Promise<boolean> }): PeriodicTask {
  return {
    ...task,
    async run() {
      if (await on.isLeader()) await task.run();
    },
  };
}
