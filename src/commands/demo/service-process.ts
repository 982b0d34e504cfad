import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DemoClient } from './demo-client.ts';
import type { DemoDirectory } from './demo-directory.ts';

/** The service that the demo talks to. */
export interface ServiceProcess {
  readonly pid: number;
  /** It was running already: an earlier run left it with `--keep`. */
  readonly found: boolean;
  stop(): Promise<void>;
  /** It goes on when the demo has ended. */
  leaveRunning(): void;
}

const startPatience = 15_000;

/**
 * The service of an earlier run, or a new one, ready to answer.
 *
 * @throws InspectorError saying what to do: the port is taken, or the service did not come up.
 */
export async function startService(
  directory: DemoDirectory,
  client: DemoClient,
  port: number,
): Promise<ServiceProcess> {
  const running = runningPid(directory);
  if (running !== undefined && (await answers(client))) return handle(running, true, directory);
  await requireFreePort(port);
  const program = fileURLToPath(new URL('../../../bin/ironic-inspector.js', import.meta.url));
  const child = spawn(process.execPath, [program, '--config-file', directory.configFile], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await becomesReady(client, () => child.exitCode !== null, said, directory);
  child.stderr.destroy();
  child.unref();
  return handle(child.pid ?? 0, false, directory);
}

async function becomesReady(
  client: DemoClient,
  hasExited: () => boolean,
  said: readonly string[],
  directory: DemoDirectory,
): Promise<void> {
  const deadline = Date.now() + startPatience;
  while (!(await answers(client))) {
    if (!hasExited() && Date.now() < deadline) {
      await wait(50);
      continue;
    }
    const reason = said.join('').trim() || `nothing was said; see ${directory.logFile}`;
    throw new InspectorError('unavailable', `The service did not start: ${reason}`);
  }
}

async function answers(client: DemoClient): Promise<boolean> {
  try {
    return Array.isArray((await client.get('/')).versions);
  } catch {
    return false;
  }
}

function handle(pid: number, found: boolean, directory: DemoDirectory): ServiceProcess {
  return {
    pid,
    found,
    async stop() {
      process.kill(pid, 'SIGTERM');
      while (isAlive(pid)) await wait(20);
      rmSync(directory.pidFile, { force: true });
    },
    leaveRunning: () => writeFileSync(directory.pidFile, `${pid}\n`),
  };
}

function runningPid(directory: DemoDirectory): number | undefined {
  try {
    const pid = Number(readFileSync(directory.pidFile, 'utf8'));
    return Number.isInteger(pid) && pid > 1 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function requireFreePort(port: number): Promise<void> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
  try {
    await promise;
  } catch (error) {
    throw new InspectorError(
      'invalid',
      `Port ${port} on 127.0.0.1 is taken by another program. Choose another: npm run demo -- --port ${port + 1}`,
      { cause: error },
    );
  }
  await new Promise((closed) => server.close(closed));
}
