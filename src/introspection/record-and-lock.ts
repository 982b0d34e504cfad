import type { LookupAttributes } from '../nodes/node-store.ts';
import type { Identified } from './identified.ts';
import type { Introspection } from './introspection.ts';

/** Records a node that called back without having been started, and holds it. */
export async function recordAndLock(
  on: Introspection,
  uuid: string,
  registration: {
    state: 'waiting' | 'enrolling';
    manageBoot: boolean;
    attributes?: LookupAttributes;
    unprocessed?: string;
  },
  by: string,
): Promise<Identified> {
  const { unprocessed, ...rest } = registration;
  const release = await on.locks.acquire(uuid, on.settings.lockWait);
  try {
    const discovered = registration.state === 'enrolling';
    const work = {
      kind: 'process',
      arguments: { auto_discovered: discovered },
      data: unprocessed ?? null,
    } as const;
    const record = await on.nodes.register(uuid, unprocessed === undefined ? rest : { ...rest, work });
    return { node: { record, release, by } };
  } catch (error) {
    await release();
    throw error;
  }
}
