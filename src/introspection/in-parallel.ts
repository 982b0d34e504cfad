/**
 * Works on items, up to `most` at a time, and gives results as they come. When it is not read to its end, nothing
 * further is begun.
 *
 * @throws what `work` and `items` throw.
 */
export async function* inParallel<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running = new Set<Promise<{ readonly self: () => Promise<unknown>; readonly result: R }>>();
  for await (const item of items) {
    const run: Promise<{ readonly self: () => Promise<unknown>; readonly result: R }> = work(item).then(
      (result) => ({ self: () => run, result }),
    );
    // Who waits for another one is told when its turn comes.
    run.catch(() => {});
    running.add(run);
    if (running.size >= most) yield await next(running);
  }
  while (running.size > 0) yield await next(running);
}

async function next<R>(
  running: Set<Promise<{ readonly self: () => Promise<unknown>; readonly result: R }>>,
): Promise<R> {
  const { self, result } = await Promise.race(running);
  for (const run of running) if (run === self()) running.delete(run);
  return result;
}
