import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many calls of the file system take about 5 milliseconds. */
const perTurn = 100;

/** Works on each in order, and lets the rest of the service have its turn in between. */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    if (count > 0 && count % perTurn === 0) await nextTurn();
    count += 1;
    work(item);
  }
}
