import { messageOf } from '../errors/inspector-error.ts';
import type { Clock } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { Access } from './access.ts';
import { type BackOff, type BackOffParts, backOff } from './back-off.ts';
import { type Concern, FilterHealth, type PxeFilterHealth } from './filter-health.ts';

/** Whoever wants to know how the filter does. */
export interface HealthListener {
  /** At every change of the state, and after each look at everything. */
  tell(health: PxeFilterHealth): void;
  /** When it has done what it does with what it was told. */
  settled(): Promise<void>;
}

/** What the account of a filter is kept with. */
export interface FilterAccountParts {
  readonly timing: BackOffParts;
  readonly clock: Clock;
  readonly log: Logger;
  readonly listener?: HealthListener | undefined;
}

/** What works and what has failed; has that tried again after a while, and tells whoever listens. */
export class FilterAccount {
  readonly #health: FilterHealth;
  readonly #retry: BackOff;
  readonly #listener: HealthListener | undefined;
  #isEnded = false;

  constructor(driver: string, parts: FilterAccountParts, tryAgain: () => void) {
    this.#health = new FilterHealth(driver, parts);
    this.#retry = backOff(parts.timing, tryAgain);
    this.#listener = parts.listener;
  }

  get health(): PxeFilterHealth {
    return this.#health.now;
  }

  /** What has failed and has not worked since. */
  fails(concern: Concern): boolean {
    return this.#health.fails(concern);
  }

  /** @param seconds That the driver took. */
  applied(access: Access, seconds: number): void {
    this.#health.applied(access, seconds);
  }

  counted(verdicts: Readonly<Record<string, number>>): void {
    this.#health.counted(verdicts);
  }

  accessFailed(error: unknown): void {
    const stays = this.health.mode === null ? '' : '; what was in force before stays';
    this.failed('access', `access cannot be brought in line${stays}: ${messageOf(error)}`);
  }

  /** @param text A sentence for the log and for operators. */
  failed(concern: Concern, text: string): void {
    if (this.#isEnded) return;
    this.#health.failed(concern, text);
    this.tell();
    this.#retry.later();
  }

  worked(concern: Concern): void {
    if (this.#isEnded) return;
    const { state } = this.health;
    this.#health.worked(concern);
    if (this.health.state === 'ok') this.#retry.done();
    if (this.health.state !== state) this.tell();
  }

  /** What has been tried again may not have been tried by that. */
  triedAgain(): void {
    if (this.health.state === 'degraded' && !this.#isEnded) this.#retry.later();
  }

  tell(): void {
    if (!this.#isEnded) this.#listener?.tell(this.health);
  }

  /** Nothing is tried again, and nothing that happens from now on counts. */
  close(): void {
    this.#isEnded = true;
    this.#retry.done();
  }

  /** The last word. */
  async stopped(): Promise<void> {
    this.#health.stopped();
    this.#listener?.tell(this.health);
    await this.#listener?.settled();
  }
}
