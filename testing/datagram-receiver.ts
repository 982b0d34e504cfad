import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A datagram Unix socket that stands for a daemon's, and what came in. */
export interface DatagramReceiver {
  readonly messages: readonly string[];
  /** Returns once so many messages have come. */
  received(count: number): Promise<void>;
  end(): Promise<void>;
}

const program = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
while True:
    print(receiver.recv(300000).hex(), flush=True)
`;

/** Listens at the path by a few lines of Python, as Node has no such sockets. */
export async function datagramReceiver(path: string): Promise<DatagramReceiver> {
  const child = spawn('python3', ['-c', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const messages: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    messages.push(...lines.map((line) => Buffer.from(line, 'hex').toString()));
  });
  while (!existsSync(path)) await wait(10);
  return {
    messages,
    received: async (count) => {
      while (messages.length < count) await wait(5);
    },
    end: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
