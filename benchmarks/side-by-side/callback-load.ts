import type { Bench } from './bench.ts';
import type { Contestant } from './contestant.ts';
import { type CallbackFigures, type CallbackLoad, measureCallbacks } from './measure-callbacks.ts';

/**
 * Introspections that nobody measures, before the first that are: by then a service has compiled what it needs. They end
 * early where they take as long as a measurement is to take.
 */
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
    const measured = async (count: number) => {
      const load = { payload, concurrency: Math.min(concurrency, count), count, limit };
      const figures = await measureCallbacks(surroundings, contestant, load);
      this.#rates.set(key, figures.rate);
      return figures;
    };
    if (!this.#rates.has(key)) {
      const all = Math.min(warmUp[contestant.name], mostIntrospections);
      const enough = performance.now() + settings.seconds * 1000;
      for (let done = 0; done < all && (done === 0 || performance.now() < enough); ) {
        // Twice as many each time, so that slow ones are found out with few.
        const count = Math.min(Math.max(2, done), all - done);
        await measured(count);
        done += count;
      }
    }
    const rate = this.#rates.get(key) ?? 1;
    if (concurrency / rate > limit) {
      throw new Error(
        `not tried: at ${rate.toFixed(2)} a second, ${concurrency} at a time take more than ${limit} s`,
      );
    }
    const wanted = Math.max(concurrency, Math.round(rate * settings.seconds));
    return measured(Math.min(wanted, mostIntrospections));
  }
}
