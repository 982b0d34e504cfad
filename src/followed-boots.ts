import { bootEvidenceOptions } from './boot-evidence/boot-evidence-options.ts';
import { followBoots } from './boot-evidence/follow-boots.ts';
import type { PeriodicTask } from './conductor/periodic/periodic-task.ts';
import { TimelineStore } from './nodes/timeline-store.ts';
import type { ServiceParts } from './service-parts.ts';
import type { StoppingPart } from './stop-in-order.ts';

/** Seconds between two looks at the log of the boot server. */
const lookPeriod = 1;

/** What goes on at the boot server, as the configuration wants it followed. */
export interface FollowedBoots {
  readonly task: PeriodicTask;
  /** To be stopped, in this order. */
  readonly stopping: readonly StoppingPart[];
}

/** Begins to follow the log that `[boot_evidence]dnsmasq_log` names; each conductor follows that of its machine. */
export async function followedBoots({ config, database, clock, log }: ServiceParts): Promise<FollowedBoots> {
  const { dnsmasq_log: path } = config.get(bootEvidenceOptions);
  const name = 'boot-evidence';
  if (path === null || path === '')
    return { task: { name, everySeconds: 0, run: async () => {} }, stopping: [] };
  log.info(`Boot evidence: the log of dnsmasq, ${path}`);
  const follower = followBoots({ path, timeline: new TimelineStore(database), clock, log });
  // What is written from now on is read.
  await follower.look();
  return {
    task: { name, everySeconds: lookPeriod, run: () => follower.look() },
    stopping: [{ waitsFor: 'the log of dnsmasq', stop: () => follower.close() }],
  };
}
