import { constants } from 'node:os';
import type { ClientConsole } from './client-console.ts';

/** Ctrl-C or its kind, while a command runs. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Resolves with the exit code, 130 for Ctrl-C, when a signal comes. */
  readonly exitCode: Promise<number>;
  /** Signals have their usual effect again. */
  end(): void;
}

/** Watches for SIGINT and SIGTERM; what was asked of the service goes on there. */
export function watchForInterruption({ signals }: Pick<ClientConsole, 'signals'>): Interruption {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<number>();
  const listenerOf = (name: 'SIGINT' | 'SIGTERM') => () => {
    resolve(128 + constants.signals[name]);
    controller.abort();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  const listeners = names.map((name) => [name, listenerOf(name)] as const);
  for (const [name, listener] of listeners) signals.on(name, listener);
  return {
    signal: controller.signal,
    exitCode: promise,
    end() {
      for (const [name, listener] of listeners) signals.off(name, listener);
    },
  };
}
