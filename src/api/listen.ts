import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { ApiOptions } from './api-options.ts';

/** Where the API can be reached. */
export interface Listening {
  readonly address: string;
  readonly port: number;
}

/**
 * Opens the port. Unlike the original, two servers cannot have the same one (docs/compatibility.md,
 * listen-busy-port).
 *
 * @throws InspectorError `unavailable` with one sentence that says what to do.
 */
export async function listen(
  server: FastifyInstance,
  options: Pick<ApiOptions, 'listen_address' | 'listen_port'>,
): Promise<Listening> {
  const { listen_address: host, listen_port: port } = options;
  try {
    await server.listen({ host, port });
  } catch (error) {
    const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    throw new InspectorError('unavailable', `Cannot listen on ${where}: ${advice(error)}`, { cause: error });
  }
  const bound = server.server.address() as AddressInfo;
  return { address: bound.address, port: bound.port };
}

function advice(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case 'EADDRINUSE':
      return 'the port is in use; stop the program that has it, or set [DEFAULT]listen_port to another one';
    case 'EACCES':
      return 'not permitted; set [DEFAULT]listen_port to a port above 1023';
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return 'this machine has no such address; set [DEFAULT]listen_address to one that it has, 0.0.0.0 for all of IPv4';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name is not known; set [DEFAULT]listen_address to an IP address';
    default:
      return messageOf(error);
  }
}
