import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { endIntrospection } from './end.ts';
import { fetchNode } from './fetch-node.ts';
import type { Introspection } from './introspection.ts';
import { leaveForLater } from './leave-for-later.ts';
import { isBusy } from './retry.ts';
import { writeUnwritten } from './with-unwritten.ts';

/**
 * A node that is gone ends its introspection. While the bare metal service is away the ramdisk tries again, and what
 * is kept of it is taken up.
 */
export async function nodeToProcess(
  on: Introspection,
  data: JsonObject,
  record: NodeRecord,
): Promise<BareMetalNode> {
  try {
    return await fetchNode(on.bareMetal, record.uuid);
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') {
      await endIntrospection(on, record, 'error', error.message);
      await on.ramdiskLogs.store(data, record.uuid, on.log);
    }
    if (isBusy(error)) await leaveForLater(on, record, error);
    else await writeUnwritten(on, record);
    throw error;
  }
}
