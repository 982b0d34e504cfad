import { type Clock, epochMilliseconds, type Timestamp, timestampOf } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { Access, AccessMode } from './access.ts';

/**
 * `starting` until something is in force; `degraded` while something fails, and what was in force before stays;
 * `stopped` at the end of the service.
 */
export type PxeFilterState = 'starting' | 'ok' | 'degraded' | 'stopped';

/** How the PXE filter does. */
export interface PxeFilterHealth {
  readonly driver: string;
  readonly state: PxeFilterState;
  /** Since when it has been in that state. */
  readonly since: Timestamp;
  /** Why it is degraded. */
  readonly error: string | null;
  /** What is in force; nothing before the first time, and with a driver that lets everybody be. */
  readonly mode: AccessMode | null;
  readonly allowed: number;
  readonly denied: number;
  /** When the driver has last put something in force, or found all as it should be. */
  readonly lastSuccess: Timestamp | null;
  /** Calls of the driver since the start of the service that have succeeded, and that have failed. */
  readonly applies: number;
  readonly failures: number;
  /** Seconds that the last one took that succeeded. */
  readonly lastDuration: number | null;
  /** Requests by what became of them, at the last look at everything; nothing with drivers that do not count. */
  readonly verdicts: Readonly<Record<string, number>> | null;
}

/** What can fail: the list of ports, and bringing what is in force in line. */
export type Concern = 'ports' | 'access';

/** Keeps count, and says in the log when the state changes. */
export class FilterHealth {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #problems = new Map<Concern, string>();
  #now: PxeFilterHealth;

  constructor(driver: string, { clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#log = log;
    this.#clock = clock;
    this.#now = {
      driver,
      state: 'starting',
      since: timestampOf(clock.now()),
      error: null,
      mode: null,
      allowed: 0,
      denied: 0,
      lastSuccess: null,
      applies: 0,
      failures: 0,
      lastDuration: null,
      verdicts: null,
    };
  }

  get now(): PxeFilterHealth {
    return this.#now;
  }

  /** For a driver that is never told of access. */
  ready(): void {
    this.#enter('ok');
  }

  /** What has failed and has not worked since. */
  fails(concern: Concern): boolean {
    return this.#problems.has(concern);
  }

  /** @param text A sentence for the log and for operators. */
  failed(concern: Concern, text: string): void {
    const isNew = this.#problems.get(concern) !== text;
    this.#problems.set(concern, text);
    if (concern === 'access') this.#now = { ...this.#now, failures: this.#now.failures + 1 };
    this.#enter('degraded');
    const line = `PXE filter ${this.#now.driver}: ${text}. It is tried again by itself`;
    if (isNew) this.#log.error(line);
    else this.#log.debug(line);
  }

  worked(concern: Concern): void {
    const hadFailed = this.#problems.delete(concern);
    if (this.#problems.size > 0) return this.#enter('degraded');
    const { driver, since, lastSuccess } = this.#now;
    if (lastSuccess === null) return this.#enter('starting');
    if (hadFailed) {
      const seconds = ((this.#clock.now().getTime() - epochMilliseconds(since)) / 1000).toFixed(1);
      this.#log.info(`PXE filter ${driver}: works again, after ${seconds} s`);
    }
    this.#enter('ok');
  }

  /** @param seconds That the driver took. */
  applied({ mode, allowed, denied }: Access, seconds: number): void {
    const counts = { allowed: allowed.size, denied: denied.size };
    const { applies, mode: modeWas, driver } = this.#now;
    const lastSuccess = timestampOf(this.#clock.now());
    this.#now = { ...this.#now, ...counts, mode, lastSuccess, applies: applies + 1, lastDuration: seconds };
    if (mode === modeWas) return;
    this.#log.info(
      `PXE filter ${driver}: ${mode}; allowed ${counts.allowed}, denied ${counts.denied} MAC addresses`,
    );
  }

  counted(verdicts: Readonly<Record<string, number>>): void {
    this.#now = { ...this.#now, verdicts };
  }

  stopped(): void {
    this.#problems.clear();
    this.#enter('stopped');
  }

  #enter(state: PxeFilterState): void {
    const error = [...this.#problems.values()].join('; ') || null;
    const since = state === this.#now.state ? this.#now.since : timestampOf(this.#clock.now());
    this.#now = { ...this.#now, state, error, since };
  }
}
