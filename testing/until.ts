import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds, for the slowest machine. */
const patience = 120_000;

/** Waits until it is so. @throws Error when it is not after two minutes. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + patience;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`expected ${isSo.toString()} within ${patience} ms`);
    await wait(5);
  }
}
