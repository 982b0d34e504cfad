import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import type { Background } from '../introspection/introspection.ts';
import type { Logger } from '../logging/logger.ts';

/** Background work, at most `[DEFAULT]max_concurrency` at once; more waits in order. */
export class WorkerPool implements Background {
  readonly #limit: number;
  readonly #log: Logger;
  readonly #queue: (() => void)[] = [];
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(limit: number, log: Logger) {
    this.#limit = limit;
    this.#log = log;
  }

  submit(description: string, work: () => Promise<void>, log = this.#log): void {
    if (this.#closed) throw new InspectorError('unavailable', 'The service is stopping, try again later');
    const run = () => {
      const running = guarded(description, work, log).finally(() => {
        this.#running.delete(running);
        this.#queue.shift()?.();
      });
      this.#running.add(running);
    };
    if (this.#running.size < this.#limit) run();
    else this.#queue.push(run);
  }

  /** Takes no more work and waits for what there is. */
  async drain(): Promise<void> {
    this.#closed = true;
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

async function guarded(description: string, work: () => Promise<void>, log: Logger): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(`Background work failed (${description}): ${messageOf(error)}`, stackFields(error));
  }
}
