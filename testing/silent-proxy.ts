import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server of 127.0.0.1 that can fall silent: connections stay, and nothing gets through. */
export interface SilentProxy {
  readonly port: number;
  fallSilent(): void;
  /** New connections work again; those that fell silent stay so, as after a change of the network. */
  speak(): void;
  close(): Promise<void>;
}

/** A proxy on a free port of 127.0.0.1. */
export async function silentProxy(serverPort: number): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      if (isSilent) continue;
      from.pipe(to);
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    speak() {
      isSilent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
