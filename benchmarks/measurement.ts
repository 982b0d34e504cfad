/** Something that is measured at one size. */
export interface Subject {
  readonly size: number;
  /** The same operations in the same order at each size. */
  readonly operations: readonly Operation[];
}

/** What is measured. */
export interface Operation {
  readonly name: string;
  /** What has to be done before each time, and does not count. */
  prepare?(round: number): unknown;
  run(round: number): Promise<unknown>;
}

/** How long an operation took at one size, in milliseconds. */
export interface Durations {
  readonly size: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
}

/** What has been measured of an operation, smallest size first. */
export interface Measured {
  readonly name: string;
  readonly durations: readonly Durations[];
  /** The median at the largest size in medians at the smallest. */
  readonly ratio: number;
}

/** How often all is done, and how often before that, unmeasured. */
export interface Rounds {
  readonly measured: number;
  readonly warmUp: number;
}

/**
 * Measures operations at all sizes side by side: each in turn at each size, over and over, and beginning with another
 * size each time. So whatever else the machine is doing slows down all sizes alike.
 */
export async function measure(
  subjects: readonly Subject[],
  rounds: Rounds,
  now: () => number = () => performance.now(),
): Promise<Measured[]> {
  const sorted = subjects.toSorted((one, other) => one.size - other.size);
  const names = sorted[0]?.operations.map(({ name }) => name) ?? [];
  const samples = names.map(() => sorted.map((): number[] => []));
  for (let round = -rounds.warmUp; round < rounds.measured; round++) {
    for (const [which] of names.entries()) {
      for (const turn of sorted.keys()) {
        const subject = (turn + Math.abs(round)) % sorted.length;
        const operation = sorted[subject]?.operations[which];
        await operation?.prepare?.(round + rounds.warmUp);
        const begun = now();
        await operation?.run(round + rounds.warmUp);
        if (round >= 0) samples[which]?.[subject]?.push(now() - begun);
      }
    }
  }
  return names.map((name, which) => {
    const durations = sorted.map(({ size }, subject) => summary(size, samples[which]?.[subject] ?? []));
    return { name, durations, ratio: (durations.at(-1)?.median ?? 0) / (durations[0]?.median ?? 0) };
  });
}

function summary(size: number, samples: readonly number[]): Durations {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { size, min: at(0), median: at(0.5), p95: at(0.95) };
}
