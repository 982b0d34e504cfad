/** What signals arrive at: `process`, or in a test an `EventEmitter`. */
export interface Signals {
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown;
  off(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown;
}

/** What is to be done when a signal arrives. */
export interface SignalActions {
  /** At a terminal SIGHUP says that it is gone, and stops the service; elsewhere `reopen` is called. */
  readonly isAtTerminal: boolean;
  /** SIGHUP: a log file may have been moved away. */
  readonly reopen: () => void;
  /** A signal to stop while the service stops already. */
  readonly repeated: (signal: string) => void;
}

/** The service's signals, from now until `end`. */
export interface StopSignals {
  /** Resolves with the name of the first signal that asks the service to stop. */
  readonly stop: Promise<string>;
  /** Signals have their usual effect again. */
  readonly end: () => void;
}

/**
 * SIGTERM and SIGINT ask the service to stop; SIGINT has no clean-up in the original
 * (docs/compatibility.md, sigint-stops-in-order).
 */
export function listenForSignals(signals: Signals, on: SignalActions): StopSignals {
  const { promise, resolve } = Promise.withResolvers<string>();
  let asked = false;
  const ask = (signal: string) => () => {
    if (asked) on.repeated(signal);
    asked = true;
    resolve(signal);
  };
  const listeners = {
    SIGTERM: ask('SIGTERM'),
    SIGINT: ask('SIGINT'),
    SIGHUP: on.isAtTerminal ? ask('SIGHUP') : () => on.reopen(),
  };
  const names = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const name of names) signals.on(name, listeners[name]);
  return {
    stop: promise,
    end: () => {
      for (const name of names) signals.off(name, listeners[name]);
    },
  };
}
