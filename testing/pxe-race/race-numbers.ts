import type { RaceWorld } from './race-world.ts';

/** What schedules have come to, of one world after the other. */
export class RaceNumbers {
  readonly #right = new Map<string, number>();
  readonly #events = new Map<string, number>();
  readonly #lags: number[] = [];
  readonly #sums = { questions: 0, watched: 0, atPowerOn: 0, syncs: 0 };

  add({ checks, prober, service, counts }: RaceWorld): void {
    addTo(this.#right, checks.counts.right);
    addTo(this.#events, counts);
    for (const lag of checks.counts.lags) this.#lags.push(lag);
    this.#sums.questions += prober.asked;
    this.#sums.watched += checks.counts.watched;
    this.#sums.atPowerOn += checks.counts.atPowerOn;
    this.#sums.syncs += service.syncs;
  }

  /** For JSON. */
  result(): object {
    const sorted = this.#lags.toSorted((one, other) => one - other);
    const lagAt = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
    return {
      ...this.#sums,
      right: Object.fromEntries(this.#right),
      events: Object.fromEntries(this.#events),
      lags: { p50: lagAt(0.5), p99: lagAt(0.99), max: Number((sorted.at(-1) ?? 0).toFixed(1)) },
    };
  }
}

function addTo(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [name, count] of more) sum.set(name, (sum.get(name) ?? 0) + count);
}
