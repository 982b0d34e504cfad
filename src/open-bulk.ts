import { bulkOptions } from './bulk/bulk-options.ts';
import { BulkProgressStore } from './bulk/bulk-progress-store.ts';
import { BulkStarter } from './bulk/bulk-starter.ts';
import type { PeriodicTask } from './conductor/periodic/periodic-task.ts';
import { startQueuedNodes } from './conductor/periodic/start-queued-nodes.ts';
import type { Introspection } from './introspection/introspection.ts';
import { introspectionOptions } from './introspection/introspection-options.ts';
import { startIntrospection } from './introspection/start.ts';
import type { ServiceParts } from './service-parts.ts';
import type { StoppingPart } from './stop-in-order.ts';

/** Seconds between two looks at bulk runs. */
const period = 1;

/** What works through bulk runs, not yet at work. */
export interface OpenBulk {
  readonly task: PeriodicTask;
  readonly stopping: StoppingPart;
}

/** Puts bulk runs on introspection: their nodes are started as if each had been asked for. */
export function openBulk(parts: ServiceParts, introspection: Introspection): OpenBulk {
  const { database, config, clock, log } = parts;
  const { boot_limit, max_age } = config.get(bulkOptions);
  const starter = new BulkStarter({
    store: new BulkProgressStore(database, clock),
    start: (node, alongside) => startIntrospection(introspection, node, { manageBoot: true, alongside }),
    bootLimit: boot_limit,
    maxAge: max_age,
    delay: config.get(introspectionOptions).introspection_delay,
    clock,
    log,
  });
  return {
    task: startQueuedNodes(starter, period),
    stopping: { waitsFor: 'nodes of bulk runs that are being started', stop: () => starter.stop() },
  };
}
