import type { Queries } from '../database/database.ts';
import { InspectorError, messageOf, stackFields } from '../errors/inspector-error.ts';
import { type Clock, timestampOf } from '../host/clock.ts';
import type { Logger } from '../logging/logger.ts';
import { type BulkProgressStore, NotQueued, type QueuedMember, type Refusal } from './bulk-progress-store.ts';
import { inTurns } from './in-turns.ts';
import { explainPace } from './pace.ts';

/** What a starter works with. */
export interface BulkStarterParts {
  readonly store: BulkProgressStore;
  /** Starts an introspection as `POST /v1/introspection/<node>` does; `alongside` is written with its beginning. */
  readonly start: (node: string, alongside: (transaction: Queries) => Promise<void>) => Promise<void>;
  /** `[bulk]boot_limit` */
  readonly bootLimit: number;
  /** Days that an ended run is kept; zero: for ever. */
  readonly maxAge: number;
  /** Seconds between two power-ons, `[DEFAULT]introspection_delay`. */
  readonly delay: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Starts under way at a time. Most of a start is a wait for the bare metal service. */
const mostAtOnce = 16;

/** Machines that wait for their power-on where those come one by one: more would only use up their time. */
const mostInLine = 3;

/** After so many, a node that is busy, or a bare metal service that is away for it alone, is given up. */
const mostTries = 10;

/** Seconds until a second try, and at most until a further one. */
const soonest = 10;
const latest = 300;

/** Milliseconds that all of it rests when the bare metal service or the database is away, then one node tries. */
const outagePause = 10_000;

/**
 * Works through the rows of bulk runs. What it holds in memory is only what it is at this moment starting: that a
 * node is started is written in the transaction that begins its introspection, so that another conductor, or this one
 * after a crash, goes on from the rows, and no node is started twice.
 */
export class BulkStarter {
  readonly #parts: BulkStarterParts;
  readonly #underWay = new Map<string, Promise<void>>();
  #line: QueuedMember[] = [];
  #isStopping = false;
  #restUntil = 0;
  #isAway = false;

  constructor(parts: BulkStarterParts) {
    this.#parts = parts;
  }

  /** One look at all runs: takes over what has ended, and starts as many nodes as there is room for. */
  async tick(): Promise<void> {
    const runs = await this.#unendedRuns();
    if (runs.length === 0) {
      this.#line = [];
      return this.#deleteOld();
    }
    this.#line = await this.#next(runs);
    this.#work();
  }

  /** Starts nothing more, and returns when what is being started is. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#line = [];
    await this.idle();
  }

  /** Returns when all that there was room for at the last look is started. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  async #unendedRuns(): Promise<string[]> {
    const { store, log } = this.#parts;
    const unended: string[] = [];
    for (const run of await store.activeRuns()) {
      while ((await this.#settle(run)) > 0);
      if (await store.endIfDone(run)) log.info(`Bulk run ${run} has ended`);
      else unended.push(run);
    }
    return unended;
  }

  async #settle(run: string): Promise<number> {
    const { store, bootLimit, log } = this.#parts;
    const { pace, before, ended } = await store.settle(run, bootLimit);
    if (pace.decreased?.at !== before.decreased?.at) log.warning(`Bulk: ${explainPace(pace, bootLimit)}`);
    return ended;
  }

  /** The members that there is room for now, of each run in turn. */
  async #next(runs: readonly string[]): Promise<QueuedMember[]> {
    const room = await this.#room();
    if (room <= 0) return [];
    // Those under way may not be known to be started yet.
    const wanted = room + this.#underWay.size;
    const due: QueuedMember[][] = [];
    for (const run of runs) due.push(await this.#parts.store.due(run, wanted));
    return inTurns(due)
      .filter(({ node }) => !this.#underWay.has(node))
      .slice(0, room);
  }

  async #room(): Promise<number> {
    const { store, bootLimit, delay, clock } = this.#parts;
    if (clock.now().getTime() < this.#restUntil) return 0;
    const limit = await store.bootLimitNow(bootLimit);
    const { starting, waiting } = await store.booting();
    const room = limit - starting - waiting - this.#underWay.size;
    const inLine = delay > 0 ? mostInLine - starting - this.#underWay.size : room;
    return Math.min(room, inLine, this.#isAway ? 1 - this.#underWay.size : room);
  }

  #work(): void {
    while (!this.#isStopping && this.#underWay.size < mostAtOnce) {
      const member = this.#line.shift();
      if (member === undefined) return;
      if (this.#underWay.has(member.node)) continue;
      const begun = this.#begin(member).finally(() => {
        this.#underWay.delete(member.node);
        this.#work();
      });
      this.#underWay.set(member.node, begun);
    }
  }

  async #begin(member: QueuedMember): Promise<void> {
    const { start, store, log } = this.#parts;
    try {
      await start(member.node, (transaction) => store.markStarted(transaction, member));
      this.#isAway = false;
    } catch (error) {
      await this.#refused(member, error).catch((lost: unknown) => {
        log.warning(`Bulk run ${member.run}: node ${member.node} is tried again: ${messageOf(lost)}`);
      });
    }
  }

  async #refused(member: QueuedMember, error: unknown): Promise<void> {
    if (error instanceof NotQueued) return;
    const { store, clock, log } = this.#parts;
    const reason = messageOf(error);
    const refusal = refusalOf(error, member.tries + 1);
    if (error instanceof InspectorError && error.kind === 'unavailable') {
      this.#line = [];
      this.#isAway = true;
      this.#restUntil = clock.now().getTime() + outagePause;
      log.warning(`Bulk: no node is started for ${outagePause / 1000} s: ${reason}`);
    } else if (!(error instanceof InspectorError)) {
      log.error(`Bulk run ${member.run}: node ${member.node} was not started: ${reason}`, stackFields(error));
    } else {
      this.#isAway = false;
      log.info(`Bulk run ${member.run}: node ${member.node} is ${refusal.state}: ${reason}`);
    }
    await store.refuse(member, refusal);
  }

  async #deleteOld(): Promise<void> {
    const { store, maxAge, clock, log } = this.#parts;
    if (maxAge === 0) return;
    const before = new Date(clock.now().getTime() - maxAge * 24 * 60 * 60 * 1000);
    const run = await store.deleteOldest(timestampOf(before));
    if (run !== undefined) log.info(`Bulk run ${run} is deleted: it ended more than ${maxAge} days ago`);
  }
}

function refusalOf(error: unknown, tries: number): Refusal {
  const reason = messageOf(error);
  if (!(error instanceof InspectorError)) return { state: 'failed', reason };
  if (error.kind !== 'unavailable' && error.kind !== 'conflict') return { state: 'skipped', reason };
  if (tries >= mostTries) return { state: 'failed', reason: `Not started in ${tries} tries: ${reason}` };
  return { state: 'queued', reason, seconds: Math.min(latest, soonest * 2 ** (tries - 1)) };
}
