/** Everything that asks the contestants, in a process of its own, which does as little as it can. */
import { Pool } from 'undici';
import { machineUuid, type Payload, type PayloadName, payloadOf } from './payload.ts';
import { answerQuestions } from './worker.ts';

/** What the process can be asked. */
export type LoadQuestions = typeof questions;

/** Machines from `first` on. */
export interface Machines {
  readonly url: string;
  readonly first: number;
  readonly count: number;
  /** Requests at a time. */
  readonly concurrency: number;
}

/** What came of callbacks; times are in milliseconds. */
export interface CallbackTimes {
  /** Since 1970, by machine, in order. */
  readonly sent: readonly number[];
  /** Until the answer was there, by machine, in order. */
  readonly took: readonly number[];
  /** Other answers than success, and connections that broke, as text; at most ten. */
  readonly refused: readonly string[];
}

/** The same requests over and over. */
export interface Reads {
  readonly url: string;
  readonly paths: readonly string[];
  readonly concurrency: number;
  readonly milliseconds: number;
}

/** Milliseconds of each request that was answered, and how long all of them took. */
export interface ReadTimes {
  readonly took: readonly number[];
  readonly milliseconds: number;
  readonly bytes: number;
  readonly refused: readonly string[];
}

/** Milliseconds that an answer may take where no limit is given. */
const patience = 300_000;

const payloads = new Map<PayloadName, Payload>();

const questions = {
  /** Starts an introspection for each machine, whose boot somebody else manages. */
  async start({ url, first, count, concurrency }: Machines): Promise<{ refused: readonly string[] }> {
    const refused: string[] = [];
    await onPool(url, concurrency, (pool) =>
      eachOf(count, concurrency, async (index) => {
        const path = `/v1/introspection/${machineUuid(first + index)}?manage_boot=0`;
        note(refused, 202, await send(pool, 'POST', path));
      }),
    );
    return { refused };
  },
  /** Posts each machine's document; after so many seconds it gives up. */
  async callBack(
    on: Machines & { readonly payload: PayloadName; readonly limit: number },
  ): Promise<CallbackTimes> {
    const signal = AbortSignal.timeout(on.limit * 1000);
    const payload = payloadNamed(on.payload);
    const sent: number[] = [];
    const took: number[] = [];
    const refused: string[] = [];
    await onPool(on.url, on.concurrency, (pool) =>
      eachOf(on.count, on.concurrency, async (index) => {
        const body = payload.of(on.first + index);
        const begun = performance.now();
        sent[index] = performance.timeOrigin + begun;
        const answer = await send(pool, 'POST', '/v1/continue', { body, signal });
        took[index] = performance.now() - begun;
        note(refused, 200, answer);
      }),
    );
    return { sent, took, refused };
  },
  /** Asks for as long as wanted, and for each path once at least. */
  async read({ url, paths, concurrency, milliseconds }: Reads): Promise<ReadTimes> {
    const took: number[] = [];
    const refused: string[] = [];
    let bytes = 0;
    let asked = 0;
    const begun = performance.now();
    await onPool(url, concurrency, (pool) =>
      eachOf(concurrency, concurrency, async () => {
        do {
          const path = paths[asked++ % paths.length] ?? '/';
          const from = performance.now();
          const answer = await send(pool, 'GET', path);
          took.push(performance.now() - from);
          bytes += answer.bytes;
          note(refused, 200, answer);
        } while (performance.now() - begun < milliseconds);
      }),
    );
    return { took, milliseconds: performance.now() - begun, bytes, refused };
  },
};

answerQuestions(questions);

interface Answered {
  readonly status: number;
  readonly bytes: number;
  readonly text: string;
}

async function send(
  pool: Pool,
  method: 'GET' | 'POST',
  path: string,
  { body, signal }: { readonly body?: Buffer; readonly signal?: AbortSignal } = {},
): Promise<Answered> {
  const headers = {
    'x-openstack-ironic-inspector-api-version': '1.18',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  try {
    const answer = await pool.request({ method, path, headers, body: body ?? null, signal: signal ?? null });
    const content = Buffer.from(await answer.body.arrayBuffer());
    const text = answer.statusCode < 300 ? '' : content.toString('utf8', 0, 500);
    return { status: answer.statusCode, bytes: content.length, text };
  } catch (error) {
    return { status: 0, bytes: 0, text: String(error) };
  }
}

async function onPool(url: string, connections: number, work: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: patience, bodyTimeout: patience });
  try {
    await work(pool);
  } finally {
    await pool.destroy();
  }
}

/** Runs numbered work, so much of it at a time. */
async function eachOf(count: number, atOnce: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

function note(refused: string[], wanted: number, { status, text }: Answered): void {
  if (status !== wanted && refused.length < 10) refused.push(`${status} ${text}`);
}

function payloadNamed(name: PayloadName): Payload {
  const payload = payloads.get(name) ?? payloadOf(name);
  payloads.set(name, payload);
  return payload;
}
