import { lookup } from 'node:dns/promises';
import { type AddressInfo, isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { ApiOptions } from './api-options.ts';
import { clearSocketPath, setSocketMode } from './unix-socket.ts';

/** Where the API can be reached. */
export interface Listening {
  /** An IP address, or the path of a Unix socket. */
  readonly address: string;
  /** 0 for a Unix socket. */
  readonly port: number;
  /** For people: `http://127.0.0.1:5050`, `unix:/run/ironic-inspector.sock`. */
  readonly url: string;
}

/** Options that say where to listen; without the last three it is a port without TLS. */
export type ListenOptions = Pick<ApiOptions, 'listen_address' | 'listen_port'> &
  Partial<Pick<ApiOptions, 'listen_unix_socket' | 'listen_unix_socket_mode' | 'use_ssl'>>;

/**
 * Opens the port or the Unix socket. Unlike the original, two servers cannot have the same one
 * (docs/compatibility.md, listen-busy-port).
 *
 * @throws InspectorError `unavailable` with one sentence that says what to do.
 */
export async function listen(server: FastifyInstance, options: ListenOptions): Promise<Listening> {
  const { listen_unix_socket: path, listen_unix_socket_mode: mode = null } = options;
  return path ? listenOnSocket(server, path, mode) : listenOnPort(server, options);
}

/** Bytes that Linux has room for in the address of a Unix socket. */
const longestSocketPath = 107;

function tooLong(path: string): InspectorError {
  return new InspectorError(
    'unavailable',
    `Cannot listen on ${path}: set [DEFAULT]listen_unix_socket to a path of at most ${longestSocketPath} bytes`,
  );
}

/** `node:net` removes the socket when the server closes. */
async function listenOnSocket(
  server: FastifyInstance,
  path: string,
  mode: number | null,
): Promise<Listening> {
  // Node 22 cuts a longer one off and listens there.
  if (Buffer.byteLength(path) > longestSocketPath) throw tooLong(path);
  await clearSocketPath(path);
  try {
    await server.listen({ path });
  } catch (error) {
    throw new InspectorError('unavailable', `Cannot listen on ${path}: ${socketAdvice(error)}`, {
      cause: error,
    });
  }
  await setSocketMode(path, mode);
  return { address: path, port: 0, url: `unix:${path}` };
}

function socketAdvice(error: unknown): string {
  const what = 'set [DEFAULT]listen_unix_socket to a path';
  switch ((error as { code?: unknown }).code) {
    case 'ENOENT':
    case 'EACCES':
      return `${messageOf(error)}; ${what} in a folder that exists and can be written to`;
    default:
      return messageOf(error);
  }
}

async function listenOnPort(server: FastifyInstance, options: ListenOptions): Promise<Listening> {
  const { listen_address: host, listen_port: port, use_ssl: secure = false } = options;
  try {
    // Of a name with several addresses the original takes the first; Fastify would take them all.
    const address = isIP(host) === 0 ? (await lookup(host)).address : host;
    await server.listen({ host: address, port });
  } catch (error) {
    throw new InspectorError('unavailable', `Cannot listen on ${place(host, port)}: ${advice(error)}`, {
      cause: error,
    });
  }
  const bound = server.server.address() as AddressInfo;
  const url = `${secure ? 'https' : 'http'}://${place(bound.address, bound.port)}`;
  return { address: bound.address, port: bound.port, url };
}

function place(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
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
