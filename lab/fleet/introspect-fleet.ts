import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceClient } from '../../testing/service-client.ts';
import { atOnce } from './at-once.ts';
import type { FleetNodes } from './enrolment.ts';

/** What the service says of an introspection: `waiting`, or an end. */
export interface Outcome {
  readonly state: 'finished' | 'failed' | 'skipped' | 'unfinished';
  /** Why it failed or was skipped. */
  readonly reason: string | null;
}

/** How introspections are begun: by a bulk run, or each by a request of its own. */
export const startWays = ['bulk', 'single'] as const;

export type StartWay = (typeof startWays)[number];

/** How the introspections are watched. */
export interface Watch {
  readonly client: ServiceClient;
  /** Seconds after which those that still run are left. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Told every few seconds how many are over. */
  readonly onProgress: (over: number) => void;
  /** Told of each node that is over, by its UUID; without it, nobody asks for them one by one. */
  readonly onOver?: ((uuid: string, outcome: Outcome) => void) | undefined;
}

/** Starts requests at a time. */
const most = 32;
const pageSize = 1000;
const pollEvery = 500;

/**
 * Introspects the nodes, and waits until all introspections are over or the patience is.
 *
 * @returns what came of them, by the UUIDs of the nodes
 * @throws AbortError when the signal tells so; a bulk run is cancelled first
 */
export async function introspect(
  nodes: FleetNodes,
  way: StartWay,
  watch: Watch,
): Promise<Map<string, Outcome>> {
  return way === 'bulk' ? inBulk([...nodes.values()], watch) : oneByOne([...nodes.values()], watch);
}

async function inBulk(nodes: readonly string[], watch: Watch): Promise<Map<string, Outcome>> {
  const { client } = watch;
  const { run } = await client.do('POST /v1/introspection-runs', { nodes: [...nodes] });
  const path = `/v1/introspection-runs/${run}`;
  const outcomes = async () => {
    const members = await pages(client, `GET ${path}/nodes`, 'nodes', (member) => member.node);
    return new Map(members.map(({ node, state, reason }) => [node, outcomeOf(state, reason)]));
  };
  const tell = tellerOf(watch, outcomes);
  try {
    await until(async () => {
      const { state, counts } = await client.do(`GET ${path}`);
      watch.onProgress(nodes.length - counts.queued - counts.started);
      await tell();
      return state !== 'running';
    }, watch);
  } finally {
    await client.ask(`POST ${path}/cancel`);
  }
  return outcomes();
}

/** Passes on who is over since the last time. */
function tellerOf({ onOver }: Watch, outcomes: () => Promise<Map<string, Outcome>>): () => Promise<void> {
  const told = new Set<string>();
  return async () => {
    if (onOver === undefined) return;
    for (const [uuid, outcome] of await outcomes()) {
      if (outcome.state === 'unfinished' || told.has(uuid)) continue;
      told.add(uuid);
      onOver(uuid, outcome);
    }
  };
}

function outcomeOf(state: string, reason: string | null): Outcome {
  const isOver = state === 'finished' || state === 'failed' || state === 'skipped';
  return { state: isOver ? state : 'unfinished', reason };
}

async function oneByOne(nodes: readonly string[], watch: Watch): Promise<Map<string, Outcome>> {
  const { client } = watch;
  const outcomes = new Map<string, Outcome>();
  await atOnce(most, nodes, async (uuid) => {
    watch.signal.throwIfAborted();
    const { status, message, text } = await client.ask(`POST /v1/introspection/${uuid}`);
    if (status >= 300) outcomes.set(uuid, { state: 'skipped', reason: message ?? text });
  });
  const list = (query: string) =>
    pages(client, `GET /v1/introspection${query}`, 'introspection', ({ uuid }) => uuid);
  const ours = new Set(nodes);
  const all = async () => {
    const found = (await list('')).filter(({ uuid }) => ours.has(uuid) && !outcomes.has(uuid));
    return new Map([...outcomes, ...found.map(outcomeOfOne)]);
  };
  const tell = tellerOf(watch, all);
  await until(async () => {
    const running = await list('?state=enrolling,starting,waiting,processing,reapplying');
    const left = running.filter(({ uuid }) => ours.has(uuid)).length;
    watch.onProgress(nodes.length - left);
    await tell();
    return left === 0;
  }, watch);
  return all();
}

function outcomeOfOne({ uuid, finished, error }: Listed): [string, Outcome] {
  const state = error === null ? 'finished' : 'failed';
  return [uuid, { state: finished ? state : 'unfinished', reason: error }];
}

async function until(isDone: () => Promise<boolean>, { patience, signal }: Watch): Promise<void> {
  const deadline = performance.now() + patience * 1000;
  while (!(await isDone().catch(unlessAway)) && performance.now() < deadline) {
    await pause(pollEvery, undefined, { signal });
  }
}

/** A service that is started anew is asked again. @throws what it has refused */
function unlessAway(error: unknown): false {
  if (error instanceof Error && 'code' in error) return false;
  throw error;
}

/** A line of the service's lists: of a run's nodes, or of introspections. */
interface Listed {
  readonly node: string;
  readonly uuid: string;
  readonly state: string;
  readonly reason: string | null;
  readonly error: string | null;
  readonly finished: boolean;
}

/** All members of a list that comes in pages. */
async function pages(
  client: ServiceClient,
  request: string,
  member: string,
  markerOf: (item: Listed) => string,
): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let marker = ''; ; ) {
    const separator = request.includes('?') ? '&' : '?';
    const { [member]: page } = await client.do(`${request}${separator}limit=${pageSize}${marker}`);
    found.push(...(page as Listed[]));
    const last = found.at(-1);
    if (page.length < pageSize || last === undefined) return found;
    marker = `&marker=${markerOf(last)}`;
  }
}
