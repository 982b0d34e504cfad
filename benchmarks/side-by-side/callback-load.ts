import type { Bench } from './bench.ts';
import type { Contestant } from './contestant.ts';
import { type CallbackFigures, type CallbackLoad, measureCallbacks } from './measure-callbacks.ts';

/** Introspections that nobody measures, before the first that are: by then a service has compiled what it needs. */
const warmUp = { ours: 64, original: 6, floor: 64 } as const;

/** Callbacks for as long as the settings say: how many these are is known from those before. */
export class SizedCallbacks {
  readonly #bench: Bench;
  /** Introspections a second, by process, payload and variant. */
  readonly #rates = new Map<string, number>();

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /**
   * @param variant what else the speed depends on, such as rules
   * @throws Error when it would take, or takes, longer than the limit, or an introspection does not end well
   */
  async measure(
    contestant: Contestant,
    { payload, concurrency }: Pick<CallbackLoad, 'payload' | 'concurrency'>,
    variant = '',
  ): Promise<CallbackFigures> {
    const { settings, surroundings } = this.#bench;
    const { limit, mostIntrospections } = settings;
    const key = `${contestant.pid} ${payload} ${variant}`;
    const measured = async (count: number, atOnce: number) => {
      const figures = await measureCallbacks(surroundings, contestant, {
        payload,
        concurrency: atOnce,
        count,
        limit,
      });
      this.#rates.set(key, figures.rate);
      return figures;
    };
    if (!this.#rates.has(key)) {
      const count = Math.min(warmUp[contestant.name], mostIntrospections);
      await measured(count, Math.min(concurrency, count));
    }
    const rate = this.#rates.get(key) ?? 1;
    if (concurrency / rate > limit) {
      throw new Error(
        `not tried: at ${rate.toFixed(2)} a second, ${concurrency} at a time take more than ${limit} s`,
      );
    }
    const wanted = Math.max(concurrency, Math.round(rate * settings.seconds));
    return measured(Math.min(wanted, mostIntrospections), concurrency);
  }
}
