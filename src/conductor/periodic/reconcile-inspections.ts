import type { NodeStore } from '../../nodes/node-store.ts';
import { stableStates } from '../../nodes/states.ts';
import type { Registry } from '../../registry/registry.ts';
import type { PeriodicTask } from './periodic-task.ts';

/** Tells the registry how introspections stand, lest a node be inspected for ever when word of an end got lost. */
export function reconcileInspections(
  registry: Pick<Registry, 'reconcile'>,
  nodes: Pick<NodeStore, 'find'>,
  everySeconds: number,
  on: { readonly shared: boolean } = { shared: false },
): PeriodicTask {
  const introspectionOf = async (uuid: string) => {
    const record = await nodes.find(uuid);
    if (record === undefined) return undefined;
    const running = record.finishedAt === null && !stableStates.includes(record.state);
    const error = record.error ?? (record.state === 'error' ? 'The reason was not recorded' : null);
    return { running, error, startedAt: record.startedAt };
  };
  return {
    name: 'reconcile-inspections',
    everySeconds,
    run: () => registry.reconcile(introspectionOf, on),
  };
}
