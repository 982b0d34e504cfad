import { InspectorError } from '../errors/inspector-error.ts';

/**
 * Runs something of a plug-in, and stops waiting for it when the time is over. Code that never returns to the
 * event loop cannot be stopped.
 *
 * @param who For the message: `hook acme of plug-in acme-racks`.
 * @param seconds 0 for no limit.
 * @throws InspectorError `internal` when the time is over, and what `run` throws.
 */
export async function withinTimeLimit<T>(
  who: string,
  seconds: number,
  run: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  if (seconds <= 0) return run(controller.signal);
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = `${who} took longer than ${seconds} s. Mend the plug-in, or raise [plugins]time_limit`;
    const error = new InspectorError('internal', message);
    controller.abort(error);
    over.reject(error);
  }, seconds * 1000);
  try {
    return await Promise.race([run(controller.signal), over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
