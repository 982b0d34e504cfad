import type { NodeStore } from '../src/nodes/node-store.ts';
import type { WorkInFlight } from '../src/nodes/work-in-flight.ts';

/** All work in flight, oldest first. */
export async function workInFlight(
  store: NodeStore,
): Promise<{ nodeUuid: string; work: WorkInFlight | undefined }[]> {
  const uuids = await store.withWorkInFlight();
  return Promise.all(
    uuids.map(async (nodeUuid) => ({ nodeUuid, work: (await store.workOf(nodeUuid))?.work })),
  );
}
