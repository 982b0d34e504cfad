import type { LookupAttributes } from '../nodes/node-store.ts';
import type { Identified } from './identified.ts';
import type { Introspection } from './introspection.ts';

/** What is recorded of a node that called back without having been started. */
interface Recorded {
  readonly state: 'waiting' | 'enrolling';
  readonly manageBoot: boolean;
  readonly attributes: LookupAttributes;
  /** JSON text of the document, kept from now on: nobody starts the node again if its ramdisk gives up. */
  readonly unprocessed: string;
}

/** Records a node that called back without having been started, and holds it. */
export async function recordAndLock(
  on: Introspection,
  uuid: string,
  { unprocessed, ...registration }: Recorded,
  by: string,
): Promise<Identified> {
  const release = await on.locks.acquire(uuid, on.settings.lockWait);
  try {
    const discovered = registration.state === 'enrolling';
    const work = {
      kind: 'process',
      arguments: { auto_discovered: discovered },
      data: unprocessed,
    } as const;
    const record = await on.nodes.register(uuid, { ...registration, work });
    return { node: { record, release, by } };
  } catch (error) {
    await release();
    throw error;
  }
}
