import { constants } from 'node:os';
import { listenForSignals } from '../stop-signals.ts';
import type { DemoConsole } from './demo-console.ts';

/** The user has had enough. */
export class Interrupted extends Error {
  /** As shells count it: 130 for Ctrl+C. */
  readonly exitCode: number;

  constructor(signal: string) {
    super(`Interrupted by ${signal}`);
    this.name = 'Interrupted';
    this.exitCode = 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
  }
}

/** Watches for Ctrl+C and its kind. */
export interface Interruption {
  /** Aborted with an `Interrupted`, for what waits. */
  readonly signal: AbortSignal;
  /** The result of the work, unless the interruption is earlier. */
  readonly orWork: <T>(work: Promise<T>) => Promise<T>;
  readonly end: () => void;
}

/** From now on SIGINT, SIGTERM and SIGHUP interrupt the work, once. */
export function listenForInterruption(on: Pick<DemoConsole, 'signals' | 'tell'>): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Interrupted), { once: true });
  });
  interrupted.catch(() => {});
  const listening = listenForSignals(on.signals, {
    isAtTerminal: true,
    reopen: () => {},
    repeated: () => on.tell('The service is being stopped already\n'),
  });
  void listening.stop.then((name) => controller.abort(new Interrupted(name)));
  return { signal, orWork: (work) => Promise.race([work, interrupted]), end: listening.end };
}
