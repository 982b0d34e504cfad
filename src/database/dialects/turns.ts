/** Lets one after the other, in order of arrival. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for a turn; the next one begins when the function that this gives is called. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}
