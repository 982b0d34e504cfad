/**
 * Private PostgreSQL and MariaDB servers for tests: free ports of the loopback, all files in one folder.
 *
 *     eval "$(node tools/test-servers.ts start FOLDER)"   starts both, and says where they are
 *     node tools/test-servers.ts stop FOLDER              stops them; the folder stays
 *     node tools/test-servers.ts run PROGRAM...           runs a program with both, in a folder of their own
 *
 * `run` leaves alone what the environment names already, and goes on without a server that is not installed.
 */
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { privateMariadb } from '../testing/private-mariadb.ts';
import { privatePostgresql } from '../testing/private-postgresql.ts';
import type { PrivateServer } from '../testing/private-server.ts';
import { ownFolder, unprivilegedAccount } from '../testing/server-process.ts';
import { runStatements } from '../testing/server-statements.ts';
import { runProgram } from './run-program.ts';

const servers = [
  {
    variable: 'INSPECTOR_TEST_POSTGRESQL',
    start: privatePostgresql,
    folder: 'postgresql',
    pidFile: 'data/postmaster.pid',
    stopSignal: 'SIGINT',
  },
  {
    variable: 'INSPECTOR_TEST_MYSQL',
    start: privateMariadb,
    folder: 'mariadb',
    pidFile: 'data/mariadb.pid',
    stopSignal: 'SIGTERM',
  },
] as const;

const [command, ...rest] = process.argv.slice(2);
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const [first] = rest;
  if (command === 'run' && first !== undefined) return run(first, rest.slice(1));
  if (rest.length === 1 && first !== undefined) {
    if (command === 'start') return start(resolve(first));
    if (command === 'stop') return stop(resolve(first));
  }
  throw new Error('Expected `start FOLDER`, `stop FOLDER` or `run PROGRAM...`');
}

async function start(folder: string): Promise<number> {
  ownFolder(folder, unprivilegedAccount());
  for (const server of servers) {
    const started = await server.start({ folder: join(folder, server.folder), lasting: true });
    console.error(await versionOf(started));
    console.log(`export ${server.variable}='${started.connection()}'`);
  }
  return 0;
}

async function stop(folder: string): Promise<number> {
  for (const server of servers) {
    const place = join(folder, server.folder);
    const pid = pidIn(join(place, server.pidFile));
    if (!runsIn(pid, place)) continue;
    process.kill(pid, server.stopSignal);
    while (runsIn(pid, place)) await pause(20);
  }
  return 0;
}

async function run(program: string, args: readonly string[]): Promise<number> {
  const started: PrivateServer[] = [];
  const env = { ...process.env };
  try {
    for (const server of servers) {
      if (env[server.variable]) continue;
      try {
        const one = await server.start();
        started.push(one);
        env[server.variable] = one.connection();
        console.log(await versionOf(one));
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
    return await runProgram(program, args, env);
  } finally {
    for (const server of started) await server.stop();
  }
}

async function versionOf(server: PrivateServer): Promise<string> {
  const rows = await runStatements(server.connection(), 'SELECT version() AS version');
  const version = String(rows[0]?.version);
  return `${version.includes('PostgreSQL') ? '' : 'MariaDB '}${version}, port ${server.port}`;
}

function pidIn(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

/** Whether the process is still the server of this folder: its number may belong to another one by now. */
function runsIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(realpathSync(folder));
  } catch {
    return false;
  }
}
