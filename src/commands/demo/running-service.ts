import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DemoDirectory } from './demo-directory.ts';
import { type Processes, pidIn } from './processes.ts';
import type { Progress } from './progress.ts';

/** A process that is certain to be the service of this folder. */
export interface RunningService {
  readonly pid: number;
  /** Asks it to stop, and waits until it has. */
  stop(progress: Progress): Promise<void>;
}

/** Milliseconds; the service itself gives up after a minute. */
const stopPatience = 70_000;

/**
 * The service that uses the folder. The number in the pid file may belong to any other program by now, so
 * the command line has to be that of our service with this folder's configuration.
 */
export function runningService(
  directory: DemoDirectory,
  processes: Processes,
  pid = pidIn(directory.pidFile),
  patience = stopPatience,
): RunningService | undefined {
  const isOurs = (id: number) =>
    processes.commandLineOf(id)?.endsWith(`ironic-inspector.js --config-file ${directory.configFile}`) ===
    true;
  if (pid === undefined || !isOurs(pid)) return undefined;
  return {
    pid,
    async stop(progress) {
      if (isOurs(pid)) processes.signal(pid, 'SIGTERM');
      await progress.during('waiting for the service to stop', async () => {
        for (let waited = 0; isOurs(pid); waited += 20) {
          if (waited > patience) throw doesNotStop(pid, directory);
          await wait(20);
        }
      });
      rmSync(directory.pidFile, { force: true });
    },
  };
}

function doesNotStop(pid: number, { logFile }: DemoDirectory): InspectorError {
  return new InspectorError(
    'unavailable',
    `The service (process ${pid}) does not stop. ${logFile} may say why; "kill -9 ${pid}" ends it at once`,
  );
}
