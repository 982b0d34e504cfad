import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves, so that no other socket is given it before it is used. */
const [lowest, highest] = [10_000, 32_000];

/** A port of 127.0.0.1 that nobody has, for programs that cannot be told to take any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
