import { setTimeout as pause } from 'node:timers/promises';

/** The time in which simulated machines live. */
export interface FleetPace {
  /** How many times as fast as real machines they boot and wait. */
  readonly speed: number;
  /** Lets milliseconds of the machines' time pass. @throws AbortError when the machine is switched off meanwhile */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** A pace by the clock of this process. */
export function fleetPace(speed: number): FleetPace {
  return {
    speed,
    sleep: async (milliseconds, signal) => pause(milliseconds / speed, undefined, { signal }),
  };
}
