/** A date that also has the microseconds below its millisecond. */
export class PreciseDate extends Date {
  /** 0 to 999. */
  readonly microseconds: number;

  constructor(milliseconds: number, microseconds: number) {
    super(milliseconds);
    this.microseconds = microseconds;
  }
}

/** What a precise clock is made of: both in milliseconds, the second with a fraction and from any point on. */
export interface TimeSources {
  readonly wall: () => number;
  readonly steady: () => number;
}

/**
 * A clock with microseconds, as the original's times have them: with milliseconds alone one time of a thousand
 * would be a whole second, which both write without a fraction, and which some readers do not expect.
 *
 * The milliseconds are those of the system's clock. Between them a steady clock counts, which is set right whenever
 * the two disagree; so two times in a row never stand in the wrong order unless the system's clock is set back.
 */
export function preciseClock({ wall, steady }: TimeSources): { now(): PreciseDate } {
  let offset = wall() - steady();
  return {
    now() {
      const milliseconds = wall();
      const precise = steady() + offset;
      if (precise < milliseconds) offset += milliseconds - precise;
      else if (precise >= milliseconds + 1) offset -= precise - milliseconds - 0.999;
      const fraction = steady() + offset - milliseconds;
      return new PreciseDate(milliseconds, Math.min(999, Math.max(0, Math.floor(fraction * 1000))));
    },
  };
}
