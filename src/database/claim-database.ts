import { setTimeout as timer } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from './database.ts';
import type { DatabaseDialect } from './dialect.ts';
import { fileLock, isFileLocked } from './file-lock.ts';
import type { ServiceClaim } from './service-claim.ts';
import { type SessionLock, sessionLocks } from './session-lock.ts';
import type { Tables } from './tables.ts';

/** What making a claim works with. */
export interface ClaimSurroundings {
  readonly log: Logger;
  /** Seconds to wait for another service to end. */
  readonly patience?: number;
}

/** Milliseconds that a server has to confirm a claim. */
const longestSilence = 10_000;

/** Seconds: on a file the claim ends with its process, on a server a minute after the last word of its machine. */
const patienceOn: Readonly<Record<DatabaseDialect['name'], number>> = {
  sqlite: 3,
  postgresql: 90,
  mysql: 90,
};

/** Seconds between two tries. */
const pause = 1;

/**
 * Locks of nodes live in the process, and a service takes up work that nobody in its process is doing; so two
 * services on one database would undo each other's work. The claim is held by a connection of its own, and
 * ends with the process.
 *
 * @throws InspectorError `unavailable` when another service has the database, and keeps it.
 */
export async function claimDatabase(
  database: Database,
  { log, patience = patienceOn[database.dialect.name] }: ClaimSurroundings,
): Promise<ServiceClaim> {
  const claim = claimOf(database, log);
  for (let waited = 0; !(await claim.isHeld()); waited += pause) {
    if (waited === 0) log.warning(`Another service uses the ${database.location}: waiting for its end`);
    if (waited >= patience) {
      throw new InspectorError(
        'unavailable',
        `Another service uses the ${database.location}, and two would undo each other's work. Stop it first, or give this one a database of its own`,
      );
    }
    await timer(pause * 1000);
  }
  return claim;
}

/** Whether a service has the database to itself: one that made a claim, which has not ended. */
export async function isClaimed({ dialect, location, query }: Database): Promise<boolean> {
  return dialect.name === 'sqlite' ? isFileLocked(location) : sessionLocks[dialect.name].isTaken(query);
}

function claimOf(database: Database, log: Logger): ServiceClaim {
  if (database.dialect.name === 'sqlite') return fileLock(database.location);
  return new SessionClaim(database.query, sessionLocks[database.dialect.name], log);
}

/** A session that holds the lock, kept apart from those that answer queries. */
class SessionClaim implements ServiceClaim {
  readonly #query: Kysely<Tables>;
  readonly #lock: SessionLock;
  readonly #log: Logger;
  #held: { readonly connection: Kysely<Tables>; readonly giveBack: () => void } | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(query: Kysely<Tables>, lock: SessionLock, log: Logger) {
    this.#query = query;
    this.#lock = lock;
    this.#log = log;
  }

  async isHeld(): Promise<boolean> {
    if (this.#held !== undefined && (await this.#answers(this.#held.connection))) return true;
    this.#held?.giveBack();
    this.#held = undefined;
    return this.#take();
  }

  async release(): Promise<void> {
    this.#held?.giveBack();
    this.#held = undefined;
    await this.#ended;
  }

  /** A session has the lock for as long as it lives, and moves nowhere after its first statement. */
  async #answers(connection: Kysely<Tables>): Promise<boolean> {
    const silence = new AbortController();
    const late = timer(longestSilence, undefined, { signal: silence.signal }).then(() => {
      throw new Error(`no answer for ${longestSilence / 1000} s`);
    });
    try {
      await Promise.race([this.#lock.confirm(connection), late]);
      return true;
    } catch (error) {
      this.#log.warning(`The claim on the database was lost with its connection: ${messageOf(error)}`);
      return false;
    } finally {
      late.catch(() => {});
      silence.abort();
    }
  }

  #take(): Promise<boolean> {
    const { promise: taken, resolve, reject } = Promise.withResolvers<boolean>();
    this.#ended = this.#query
      .connection()
      .execute(async (connection) => {
        const isTaken = await this.#lock.take(connection);
        if (!isTaken) return resolve(false);
        const { promise: until, resolve: giveBack } = Promise.withResolvers<void>();
        this.#held = { connection, giveBack };
        resolve(true);
        await until;
        // Gone with a lost connection, too.
        await this.#lock.release(connection).catch(() => {});
      })
      .catch(reject);
    return taken;
  }
}
