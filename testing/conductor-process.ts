import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('contending-conductor.ts', import.meta.url));
const children = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** `contending-conductor.ts`, which says what it understands, as a process. */
export interface ConductorProcess {
  readonly host: string;
  /** @throws Error when it ends before it has answered. */
  ask<T>(command: string): Promise<T>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
  /** Lets it leave. */
  stop(): Promise<void>;
}

/** Returns when it has joined. */
export async function conductorProcess(
  connection: string,
  host: string,
  leaseSeconds: number,
): Promise<ConductorProcess> {
  const child = spawn(process.execPath, [program, connection, host, String(leaseSeconds)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').finally(() => children.delete(child));
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done === true) throw new Error(`Conductor ${host} has ended`);
    return JSON.parse(value);
  };
  await answer();
  return {
    host,
    async ask(command) {
      child.stdin.write(`${command}\n`);
      return answer();
    },
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (!children.has(child)) return;
      child.kill('SIGCONT');
      child.stdin.end();
      await ended;
    },
  };
}
