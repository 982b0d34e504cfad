import { InspectorError } from '../../../errors/inspector-error.ts';

/** Lets no more than so many things be done at once; others wait, up to a number. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** @throws InspectorError `unavailable` when too many wait already. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await this.#queue();
    try {
      return await work();
    } finally {
      // A turn is handed on as it is, so that nobody slips in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #queue(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new InspectorError('unavailable', 'Too many passwords are being checked, please try again later');
    }
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
