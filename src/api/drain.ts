import type { FastifyInstance } from 'fastify';

/**
 * Takes no more connections and waits for the requests that are being answered. After the time of grace
 * what is still open is cut off; with 0 it waits for as long as it takes.
 */
export async function drain(server: FastifyInstance, graceSeconds: number): Promise<void> {
  const timer =
    graceSeconds > 0 ? setTimeout(() => server.server.closeAllConnections(), graceSeconds * 1000) : undefined;
  try {
    await server.close();
  } finally {
    clearTimeout(timer);
  }
}
