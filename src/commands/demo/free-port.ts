import { connect, createServer, type Server } from 'node:net';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { answersAsService, type DemoClient } from './demo-client.ts';

const loopback = '127.0.0.1';

/**
 * Tries whether the port can be had on the loopback, and be reached there.
 *
 * @param attempt another one in tests only
 * @throws InspectorError `invalid` saying what to do.
 */
export async function requireFreePort(port: number, client: DemoClient, attempt = useOnce): Promise<void> {
  try {
    await attempt(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isService = code === 'EADDRINUSE' && (await answersAsService(client));
    throw new InspectorError('invalid', advice(port, code, isService) ?? messageOf(error), { cause: error });
  }
}

async function useOnce(port: number): Promise<void> {
  const server = createServer((socket) => socket.destroy());
  try {
    await listens(server, port);
    await isReached(port);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

function listens(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ host: loopback, port, exclusive: true }, resolve);
  });
}

/** Listening works also where the loopback is switched off. */
function isReached(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: loopback, port });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

function advice(port: number, code: string | undefined, isService: boolean): string | undefined {
  switch (code) {
    case 'EADDRINUSE': {
      const holder = isService ? 'another ironic-inspector' : 'another program';
      const other = port < 65_535 ? port + 1 : port - 1;
      return `Port ${port} on ${loopback} is taken by ${holder}: stop that, or choose another port with --port ${other}`;
    }
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENETUNREACH':
      return `${loopback} cannot be reached: the loopback of this machine is switched off. Switch it on: ip link set lo up`;
    default:
      return undefined;
  }
}
