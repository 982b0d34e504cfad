import { InspectorError } from '../errors/inspector-error.ts';

/** Gives the node back. Calling it again does nothing. */
export type Release = () => void;

/** Who waits keeps what it was sent in memory; more than a repeat or two of one machine is no honest traffic. */
const mostWaiting = 4;

/**
 * One worker at a time on a node. Who waits is served in order of arrival.
 *
 * Locks live as long as the process: what was being done when it died is taken up again from the rows of
 * work in flight.
 */
export class NodeLocks {
  /** By node: who waits, in order. An entry means that the node is held. */
  readonly #waiting = new Map<string, (() => void)[]>();

  /** `undefined` when another worker holds the node. */
  tryAcquire(uuid: string): Release | undefined {
    if (this.#waiting.has(uuid)) return undefined;
    this.#waiting.set(uuid, []);
    return this.#releaseOf(uuid);
  }

  /**
   * Waits for the node.
   *
   * @throws InspectorError `conflict` after `milliseconds`, and at once when many wait already; a ramdisk tries
   *   again on it.
   */
  async acquire(uuid: string, milliseconds: number): Promise<Release> {
    const free = this.tryAcquire(uuid);
    if (free !== undefined) return free;
    const queue = this.#waiting.get(uuid) ?? [];
    if (queue.length >= mostWaiting) throw busy();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      const place = queue.indexOf(resolve);
      // The node may have been handed over in this very moment.
      if (place < 0) return;
      queue.splice(place, 1);
      reject(busy());
    }, milliseconds);
    queue.push(resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
    }
    return this.#releaseOf(uuid);
  }

  #releaseOf(uuid: string): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.get(uuid)?.shift();
      if (next === undefined) this.#waiting.delete(uuid);
      else next();
    };
  }
}

function busy(): InspectorError {
  return new InspectorError('conflict', 'Node is locked, please, retry later');
}
