import type { ServiceConsole } from '../service-console.ts';
import { listenForSignals } from '../stop-signals.ts';

/** Watches for Ctrl+C and its kind. */
export interface Interruption {
  /** Aborted with the first signal. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** The first signal lets what has begun come to its end; the second ends the process at once, with 130. */
export function listenForInterruption(on: Pick<ServiceConsole, 'signals' | 'tell' | 'leave'>): Interruption {
  const controller = new AbortController();
  const { stop, end } = listenForSignals(on.signals, {
    isAtTerminal: true,
    reopen: () => {},
    repeated: () => {
      on.tell('... terminating migration tool\n');
      on.leave(130);
    },
  });
  void stop.then(() => controller.abort());
  return { signal: controller.signal, end };
}
