import { setTimeout as wait } from 'node:timers/promises';
import type { Answers, Prober } from './prober.ts';
import type { MacState, RaceModel } from './race-model.ts';

/** Milliseconds between two rounds of questions while something else is going on: at first, and when that lasts. */
const watchPeriods = { first: 8, most: 64 };

/** A period is so much longer than the one before. */
const watchGrowth = 1.15;

/** A wrong answer. */
class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** What has been checked. */
export interface CheckCounts {
  /** Answers that were as they had to be, by state of the machine. */
  readonly right: Map<MacState, number>;
  /** Rounds of questions while the service was at work, or away. */
  watched: number;
  /** Questions at the very moment when power was asked for. */
  atPowerOn: number;
  /** Milliseconds from the API's word of an end until the machine was seen to be shut out. */
  readonly lags: number[];
}

/** Compares who answers with who has to. */
export class RaceChecks {
  readonly counts: CheckCounts = { right: new Map(), watched: 0, atPowerOn: 0, lags: [] };
  readonly #prober: Pick<Prober, 'ask'>;
  readonly #model: RaceModel;
  /** MAC addresses of ports that were made or removed, and the number of syncs after which the service knows. */
  readonly #unsettled = new Map<string, number>();
  readonly #syncs: () => number;

  constructor(prober: Pick<Prober, 'ask'>, model: RaceModel, syncs: () => number) {
    this.#prober = prober;
    this.#model = model;
    this.#syncs = syncs;
  }

  /** The bare metal service was changed without word to ours. */
  changedElsewhere(macs: Iterable<string>): void {
    // The first sync that is seen to end may have begun before.
    for (const mac of macs) this.#unsettled.set(mac, this.#syncs() + 2);
  }

  /** The service has been told of these ports. */
  told(macs: Iterable<string>): void {
    for (const mac of macs) this.#unsettled.delete(mac);
  }

  /** @throws WrongAnswer */
  async now(macs: Iterable<string>, when: string): Promise<void> {
    const judged = [...macs].filter((mac) => this.#isSettled(mac));
    this.#compare(await this.#prober.ask(judged), (mac) => this.#model.expected(mac), when);
  }

  /**
   * The answers come right while the service is at the end of an introspection, and are right when it is done with it.
   *
   * @param done When the service has let go of the node.
   * @throws WrongAnswer
   */
  async closes(macs: Iterable<string>, when: string, done: Promise<void>): Promise<void> {
    const begun = performance.now();
    const judged = [...macs].filter((mac) => this.#isSettled(mac));
    const service = { isDone: false };
    const end = done.finally(() => {
      service.isDone = true;
    });
    // It is awaited below; the service may be ended meanwhile.
    end.catch(() => {});
    for (;;) {
      const { isDone } = service;
      const found = await this.#prober.ask(judged);
      if (judged.every((mac) => isAlike(found.get(mac), this.#model.expected(mac)))) break;
      if (isDone) this.#compare(found, (mac) => this.#model.expected(mac), when);
    }
    this.counts.lags.push(performance.now() - begun);
    await end;
    await this.now(judged, when);
  }

  /** Those whose power is being asked for. @throws WrongAnswer */
  async atPowerOn(macs: Iterable<string>): Promise<void> {
    const found = await this.#prober.ask(macs);
    this.#compare(
      found,
      () => ({ ours: true, deployment: false }),
      'when power was asked for',
      'under inspection',
    );
    this.counts.atPowerOn += found.size;
  }

  /** Asks for machines that nothing happens to, over and over while something is done. @throws WrongAnswer, or what the work throws. */
  async meanwhile<T>(macs: readonly string[], when: string, work: () => Promise<T>): Promise<T> {
    const expected = new Map(
      macs.filter((mac) => this.#isSettled(mac)).map((mac) => [mac, this.#model.expected(mac)]),
    );
    const progress = { isDone: false };
    const watch = async () => {
      for (let period = watchPeriods.first; !progress.isDone; period *= watchGrowth) {
        const found = await this.#prober.ask(expected.keys());
        this.counts.watched += 1;
        this.#compare(found, (mac) => expected.get(mac) ?? neither, `while ${when}`);
        await wait(Math.min(period, watchPeriods.most));
      }
    };
    const [outcome] = await Promise.all([
      work().finally(() => {
        progress.isDone = true;
      }),
      watch(),
    ]);
    return outcome;
  }

  #isSettled(mac: string): boolean {
    const enough = this.#unsettled.get(mac);
    if (enough === undefined) return true;
    if (this.#syncs() < enough) return false;
    this.#unsettled.delete(mac);
    return true;
  }

  #compare(
    found: ReadonlyMap<string, Answers>,
    expectedOf: (mac: string) => Answers,
    when: string,
    state?: MacState,
  ): void {
    for (const [mac, answers] of found) {
      const expected = expectedOf(mac);
      const known = state ?? this.#model.stateOf(mac);
      if (!isAlike(answers, expected)) {
        throw new WrongAnswer(
          `${mac}, ${known}, ${when}: expected ${inWords(expected)}, got ${inWords(answers)}`,
        );
      }
      this.counts.right.set(known, (this.counts.right.get(known) ?? 0) + 1);
    }
  }
}

const neither: Answers = { ours: false, deployment: false };

function isAlike(one: Answers | undefined, other: Answers): boolean {
  return one?.ours === other.ours && one.deployment === other.deployment;
}

function inWords({ ours, deployment }: Answers): string {
  if (ours && deployment) return 'answers of both servers';
  return ours ? 'an answer of ours' : deployment ? "an answer of the deployment's" : 'no answer';
}
