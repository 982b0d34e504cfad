import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fuzzNonsense, fuzzRequest } from './fuzz-request.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** What a run is to do. */
export interface FuzzPlan {
  readonly seed: number;
  /** Requests and non-requests together. */
  readonly requests: number;
  readonly port: number;
  /** The process of the service. */
  readonly pid: number;
}

/** What came of it. */
export interface FuzzOutcome {
  readonly sent: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Of each thing that should not have been, a sentence with what was sent. */
  readonly faults: readonly string[];
  /** Milliseconds of processor time that the service used while the slowest connection waited for a byte. */
  readonly longestWait: number;
  /** Bytes of resident memory: the least of the third fifth, when the heap has its size, and of the last one. */
  readonly memory: { readonly early: number; readonly late: number };
}

const connectionsAtOnce = 12;
const lorises = 20;

/**
 * Sends requests of all kinds to a service: pipelined ones that all have to have an answer, nonsense,
 * connections that close early, and all the time some that say a byte now and then.
 */
export async function fuzzService({ seed, requests, port, pid }: FuzzPlan): Promise<FuzzOutcome> {
  const run = new Run(port, requests, () => processorTimeOf(pid));
  const slow = Array.from({ length: lorises }, () => trickle(port));
  const samples = new Map<number, number>();
  const watch = setInterval(() => samples.set(run.sent, residentMemory(pid)), 100);
  try {
    const workers = Array.from({ length: connectionsAtOnce }, (_, index) => run.work(seed + index));
    await Promise.all(workers);
  } finally {
    clearInterval(watch);
    for (const client of slow) client.stop();
  }
  samples.set(run.sent, residentMemory(pid));
  const least = (from: number, to: number) =>
    Math.min(
      ...[...samples].filter(([at]) => at >= from * run.sent && at <= to * run.sent).map(([, m]) => m),
    );
  const { sent, statuses, faults, longestWait } = run;
  return { sent, statuses, faults, longestWait, memory: { early: least(0.4, 0.6), late: least(0.8, 1) } };
}

class Run {
  sent = 0;
  longestWait = 0;
  readonly statuses = new Map<number, number>();
  readonly faults: string[] = [];
  readonly #port: number;
  readonly #limit: number;
  readonly #now: () => number;

  constructor(port: number, limit: number, now: () => number) {
    this.#port = port;
    this.#limit = limit;
    this.#now = now;
  }

  async work(seed: number): Promise<void> {
    const random = seededRandom(seed);
    while (this.sent < this.#limit && this.faults.length < 20) {
      await (random.once(4) ? this.#nonsense(random) : this.#pipeline(random));
    }
  }

  /** Well-formed requests one after the other: as many answers, none of them a fault of the server. */
  async #pipeline(random: SeededRandom): Promise<void> {
    const requests = Array.from({ length: 1 + random.below(60) }, () => fuzzRequest(random));
    requests.push('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    this.sent += requests.length;
    const answer = await this.#exchange(requests.join(''), random);
    const statuses = this.#count(answer, requests.join(''));
    const [last = '', next] = requests.slice(Math.max(0, statuses.length - 1));
    // Fastify ends the connection after a body that a plug-in's parser refuses.
    const mayEnd = statuses.at(-1) === 400 && / \/baremetal/.test(last);
    if (statuses.length !== requests.length && !mayEnd) {
      const counts = `${statuses.length} answers to ${requests.length} requests`;
      this.faults.push(`${counts}, the last ${statuses.at(-1)} to ${show(last)}, none to ${show(next)}`);
    }
  }

  async #nonsense(random: SeededRandom): Promise<void> {
    const before = random.once(2) ? fuzzRequest(random) : '';
    const text = before + fuzzNonsense(random);
    this.sent += before === '' ? 1 : 2;
    if (random.once(4)) return this.#leave(text);
    this.#count(await this.#exchange(text, random, true), text);
  }

  /** Closes the connection without waiting for an answer, in the middle of whatever it was. */
  async #leave(text: string): Promise<void> {
    const socket = await opened(this.#port);
    socket.write(text, 'latin1', () => socket.destroy());
    await closing(socket);
  }

  #count(answer: string, request: string): number[] {
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
    for (const status of statuses) {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status >= 500) this.faults.push(`${status} among the answers to ${show(request)}`);
    }
    return statuses.filter((status) => status >= 200);
  }

  /** Writes in pieces and reads until the other side closes; `ends` says that nothing more will come. */
  async #exchange(text: string, random: SeededRandom, ends = false): Promise<string> {
    const socket = await opened(this.#port);
    let answer = '';
    let last = this.#now();
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      answer += chunk;
      this.#waited(last);
      last = this.#now();
    });
    const closed = closing(socket);
    const cut = random.once(3) ? random.below(text.length) : text.length;
    socket.write(text.slice(0, cut), 'latin1');
    if (cut < text.length) {
      await wait(1);
      socket.write(text.slice(cut), 'latin1');
    }
    if (ends) socket.end();
    const hung = new AbortController();
    const patience = wait(60_000, 'hung', { signal: hung.signal }).catch(() => 'over');
    if ((await Promise.race([closed, patience])) === 'hung') {
      this.faults.push(`no end within a minute of ${show(text)}`);
    }
    hung.abort();
    this.#waited(last);
    socket.destroy();
    return answer;
  }

  #waited(since: number): void {
    this.longestWait = Math.max(this.longestWait, this.#now() - since);
  }
}

/** Milliseconds that all threads of a process have run. A busy machine makes them longer in coming, but not more. */
function processorTimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may have blanks. Linux counts in hundredths of a second here.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const ready = once(socket, 'connect');
  await ready;
  // A reset is an end like any other here.
  socket.on('error', () => undefined);
  return socket;
}

/** Returns when the socket is closed, after a reset as well: `once` of node:events would throw for that. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => void socket.once('close', () => resolve()));
}

/** A client that never gets to the end of its headers. */
function trickle(port: number): { stop(): void } {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write('GET /v1 HTTP/1.1\r\nX-Slow: ');
  const timer = setInterval(() => socket.write('x'), 200);
  return {
    stop() {
      clearInterval(timer);
      socket.destroy();
    },
  };
}

function residentMemory(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

function show(text = ''): string {
  return JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}...` : text);
}
