/** Everything that asks the contestants, in a process of its own, which does as little as it can. */
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'undici';
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
  /** Seconds after which it gives up. */
  readonly limit: number;
}

/** How long all starts took together, in milliseconds. */
export interface StartTimes {
  readonly milliseconds: number;
  readonly refused: readonly string[];
}

/** What came of callbacks; times are in milliseconds. */
export interface CallbackTimes {
  /** Since 1970, by machine, in order. */
  readonly sent: readonly number[];
  /** Until the answer was there that ended it, by machine, in order. */
  readonly took: readonly number[];
  /** Answers after which the machine came again. */
  readonly putOff: number;
  /** Other answers than success, and connections that broke, as text; each once, and ten at most. */
  readonly refused: readonly string[];
}

/** The same requests over and over. */
export interface Reads {
  readonly url: string;
  readonly paths: readonly string[];
  readonly concurrency: number;
  readonly milliseconds: number;
  /** Seconds after which it gives up. */
  readonly limit: number;
}

/** Milliseconds of each request that was answered, and how long all of them took. */
export interface ReadTimes {
  readonly took: readonly number[];
  readonly milliseconds: number;
  readonly bytes: number;
  readonly refused: readonly string[];
}

/** Seconds that the agent of Ironic waits before it sends its document again. */
const waits = [5, 10, 20, 30] as const;

const payloads = new Map<PayloadName, Payload>();

const questions = {
  /** Starts an introspection for each machine, whose boot somebody else manages. */
  async start({ url, first, count, concurrency, limit }: Machines): Promise<StartTimes> {
    const signal = AbortSignal.timeout(limit * 1000);
    const refused: string[] = [];
    const begun = performance.now();
    await eachOf(url, count, concurrency, async (client, index) => {
      const path = `/v1/introspection/${machineUuid(first + index)}?manage_boot=0`;
      note(refused, 202, await send(client, 'POST', path, { signal }));
    });
    return { milliseconds: performance.now() - begun, refused };
  },
  /** Posts each machine's document. One that is put off comes again as the agent of Ironic does. */
  async callBack(on: Machines & { readonly payload: PayloadName }): Promise<CallbackTimes> {
    const signal = AbortSignal.timeout(on.limit * 1000);
    const payload = payloadNamed(on.payload);
    const sent: number[] = [];
    const took: number[] = [];
    const refused: string[] = [];
    let putOff = 0;
    await eachOf(on.url, on.count, on.concurrency, async (client, index) => {
      const body = payload.of(on.first + index);
      const begun = performance.now();
      sent[index] = performance.timeOrigin + begun;
      let answer = await send(client, 'POST', '/v1/continue', { body, signal });
      for (const seconds of waits) {
        if (!isForLater(answer) || signal.aborted) break;
        putOff++;
        await wait(seconds * 1000, undefined, { signal }).catch(() => {});
        answer = await send(client, 'POST', '/v1/continue', { body, signal });
      }
      took[index] = performance.now() - begun;
      note(refused, 200, answer);
    });
    return { sent, took, putOff, refused };
  },
  /** Asks for as long as wanted, and for each path once at least. */
  async read({ url, paths, concurrency, milliseconds, limit }: Reads): Promise<ReadTimes> {
    const signal = AbortSignal.timeout(limit * 1000);
    const took: number[] = [];
    const refused: string[] = [];
    let bytes = 0;
    let asked = 0;
    const begun = performance.now();
    await eachOf(url, concurrency, concurrency, async (client) => {
      do {
        const path = paths[asked++ % paths.length] ?? '/';
        const from = performance.now();
        const answer = await send(client, 'GET', path, { signal });
        took.push(performance.now() - from);
        bytes += answer.bytes;
        note(refused, 200, answer);
      } while (performance.now() - begun < milliseconds && !signal.aborted);
    });
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
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  { body, signal }: { readonly body?: Buffer; readonly signal?: AbortSignal } = {},
): Promise<Answered> {
  const headers = {
    'x-openstack-ironic-inspector-api-version': '1.18',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  try {
    const answer = await client.request({
      method,
      path,
      headers,
      body: body ?? null,
      signal: signal ?? null,
    });
    const content = Buffer.from(await answer.body.arrayBuffer());
    const text = answer.statusCode < 300 ? '' : content.toString('utf8', 0, 500);
    return { status: answer.statusCode, bytes: content.length, text };
  } catch (error) {
    return { status: 0, bytes: 0, text: String(error) };
  }
}

/**
 * Runs numbered work, so much of it at a time, each over a connection of its own from another address of the loopback:
 * machines have addresses of their own, and a service may limit what one address takes.
 */
async function eachOf(
  url: string,
  count: number,
  atOnce: number,
  work: (client: Client, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async (_: unknown, place: number) => {
    const localAddress = `127.0.${1 + (place >> 7)}.${1 + (place & 127)}`;
    // Whoever calls gives up after a time of its own.
    const client = new Client(url, { localAddress, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
    try {
      while (next < count) await work(client, next++);
    } finally {
      await client.destroy();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Answers, and connections that broke, after which the agent of Ironic sends its document again. */
function isForLater({ status }: Answered): boolean {
  return status === 0 || status === 409 || status >= 500;
}

function note(refused: string[], wanted: number, { status, text }: Answered): void {
  const line = `${status} ${text.trim()}`;
  if (status !== wanted && refused.length < 10 && !refused.includes(line)) refused.push(line);
}

function payloadNamed(name: PayloadName): Payload {
  const payload = payloads.get(name) ?? payloadOf(name);
  payloads.set(name, payload);
  return payload;
}
