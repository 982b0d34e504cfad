/** The service's signals: SIGTERM and SIGINT stop it, SIGHUP opens the log files again. */
export async function untilToldToStop(on: { hangUp(): void }): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  process.on('SIGHUP', () => on.hangUp());
  return promise;
}
