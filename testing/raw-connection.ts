import { connect, type Socket } from 'node:net';

/** A connection on which a test says byte for byte what it likes. */
export interface RawConnection {
  readonly socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** All that came so far, once it matches; or all that came until the other side closed. */
  received(pattern: RegExp): Promise<string>;
  /** All that came until the other side closed. */
  closed(): Promise<string>;
}

/** Connects to a port of this machine over IPv4. */
export async function rawConnection(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  // A reset is an end like any other here.
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    closed: () => closed,
    received(pattern) {
      const matched = new Promise<string>((resolve) => {
        const look = (): void => {
          if (pattern.test(text)) resolve(text);
        };
        socket.on('data', look);
        look();
      });
      return Promise.race([matched, closed]);
    },
  };
}

/** One request and what came back until the server closed the connection, which the request has to ask for. */
export async function exchange(port: number, request: string | Uint8Array): Promise<string> {
  const connection = await rawConnection(port);
  connection.send(request);
  const text = await connection.closed();
  connection.socket.destroy();
  return text;
}
