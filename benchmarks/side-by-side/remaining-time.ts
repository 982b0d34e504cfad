/** Tells how far a run is, and how long the rest of it takes. */
export class RemainingTime {
  readonly #total: number;
  readonly #begun: number;
  readonly #now: () => number;
  #done = 0;

  /**
   * @param total measurements
   * @param now milliseconds
   */
  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
    this.#begun = now();
  }

  /**
   * What to expect, before anything is known.
   *
   * @param seconds that one measurement is to take
   * @param limit seconds after which it is given up
   */
  announced(seconds: number, limit: number): string {
    // What comes before a measurement takes about as long: machines have to be started, services warmed up.
    const usual = minutes(this.#total * seconds * 2000);
    return `${this.#total} measurements, about ${usual} where none needs longer; one is given up after ${limit} s`;
  }

  /** One more is done: `12 of 192, 3 min so far, about 45 min to go`. */
  measured(): string {
    this.#done++;
    const taken = this.#now() - this.#begun;
    const left = (taken / this.#done) * Math.max(0, this.#total - this.#done);
    return `${this.#done} of ${this.#total}, ${minutes(taken)} so far, about ${minutes(left)} to go`;
  }
}

function minutes(milliseconds: number): string {
  const whole = Math.round(milliseconds / 60_000);
  return whole === 0 ? `${Math.round(milliseconds / 1000)} s` : `${whole} min`;
}
