import { messageOf, stackFields } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';

/** Something done every so often. Its runs never overlap, and a failed one does not stop the next. */
export interface PeriodicTask {
  readonly name: string;
  /** Zero: never. */
  readonly everySeconds: number;
  run(): Promise<void>;
}

/** Milliseconds; a longer timer would go off at once. */
const longestTimer = 2 ** 31 - 1;

/** Starts the tasks, each first after one period. `stop` waits for a run that is under way. */
export function startPeriodicTasks(tasks: readonly PeriodicTask[], log: Logger): { stop(): Promise<void> } {
  const stops = tasks.filter(({ everySeconds }) => everySeconds > 0).map((task) => startTask(task, log));
  return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

function startTask(task: PeriodicTask, log: Logger): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        running = runGuarded(task, log).finally(schedule);
      },
      Math.min(task.everySeconds * 1000, longestTimer),
    );
  };
  schedule();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

async function runGuarded(task: PeriodicTask, log: Logger): Promise<void> {
  try {
    await task.run();
  } catch (error) {
    log.error(`Periodic task ${task.name} failed: ${messageOf(error)}`, stackFields(error));
  }
}
