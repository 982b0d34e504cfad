import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

/** More than anything within one process needs to come from one part to another. */
const turns = 20;

/**
 * Waits, and lets the event loop turn some times more: what is said within this process is heard then, also when the
 * machine did not let it run for a while. For what other programs do there is `until`.
 */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
  for (let count = 0; count < turns; count += 1) await turn();
}
