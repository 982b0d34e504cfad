/**
 * A conductor in a process of its own, for tests that contend, kill and pause: `node testing/contending-conductor.ts
 * CONNECTION HOST LEASE`. It does what lines of its input ask for, and answers each with a line of JSON.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { joinAsConductor } from '../src/coordination/join-as-conductor.ts';
import { InspectorError } from '../src/errors/inspector-error.ts';
import { systemClock } from '../src/host/clock.ts';
import { silentLogger } from '../src/logging/logger.ts';
import type { NodeRecord } from '../src/nodes/node-record.ts';
import { NodeStore } from '../src/nodes/node-store.ts';
import { openTestDatabase } from './test-database.ts';

const [connection = '', host = '', lease = ''] = process.argv.slice(2);
const database = await openTestDatabase(connection);
const nodes = new NodeStore(database, systemClock);
const log = silentLogger();
const membership = await joinAsConductor(database, { host, log, lease: Number(lease) });

/** Counts in the node's error, by what was read before: a second worker at the same time would be refused. */
async function count(record: NodeRecord): Promise<'wrote' | 'refused'> {
  try {
    await nodes.end(record, 'finish', String(Number(record.error ?? 0) + 1));
    return 'wrote';
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'conflict') return 'refused';
    throw error;
  }
}

async function contend(uuid: string, times: number) {
  const results = { wrote: 0, refused: 0 };
  for (let time = 0; time < times; time++) {
    const release = await membership.locks.acquire(uuid, 30_000);
    const record = await nodes.get(uuid);
    await wait(2);
    results[await count(record)]++;
    await release();
    // Lets others look, too.
    await wait(Math.random() * 20);
  }
  return results;
}

let held: { readonly record: NodeRecord; readonly release: () => void | Promise<void> } | undefined;

async function answerTo(what: string, uuid: string, times: string): Promise<unknown> {
  if (what === 'contend') return contend(uuid, Number(times));
  if (what === 'lead') return membership.isLeader();
  if (what === 'members') return membership.conductors();
  if (what === 'hold') {
    const release = await membership.locks.acquire(uuid, 30_000);
    held = { release, record: await nodes.get(uuid) };
    return 'held';
  }
  if (what !== 'write' || held === undefined) throw new Error(`Expected a command, got ${what}`);
  const result = await count(held.record);
  await held.release();
  return result;
}

process.stdout.write('"joined"\n');
for await (const line of createInterface(process.stdin)) {
  const [what = '', uuid = '', times = ''] = line.split(' ');
  process.stdout.write(`${JSON.stringify(await answerTo(what, uuid, times))}\n`);
}
await membership.leave();
await database.close();
