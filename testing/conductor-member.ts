import type { TestContext } from 'node:test';
import { joinAsConductor } from '../src/coordination/join-as-conductor.ts';
import type { Membership } from '../src/coordination/membership.ts';
import type { Database } from '../src/database/database.ts';
import { unreliable } from './database-outage.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';

/** Seconds; a test has to wait for it. On MySQL it is up to two seconds longer. */
const shortLease = 1;

/** A conductor, and what a test does to it. */
export interface ConductorMember {
  readonly membership: Membership;
  readonly log: RecordingLogger;
  /** It loses its database, and cannot renew its lease. */
  readonly goAway: () => void;
  readonly comeBack: () => void;
}

/** Joins with a short lease, until the test ends; without its database it is as good as dead. */
export async function conductorMember(
  t: TestContext,
  database: Database,
  host: string,
): Promise<ConductorMember> {
  const outage = unreliable(database);
  const log = recordingLogger();
  const membership = await joinAsConductor(outage.database, { host, log, lease: shortLease, patience: 0 });
  t.after(() => membership.leave());
  return { membership, log, goAway: () => outage.goAway(), comeBack: () => outage.comeBack() };
}
