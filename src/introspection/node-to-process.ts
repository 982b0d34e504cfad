import type { BareMetalNode } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { endIntrospection } from './end.ts';
import { fetchNode } from './fetch-node.ts';
import type { Introspection } from './introspection.ts';

/** A node that is gone ends its introspection; while the bare metal service is away the ramdisk tries again. */
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
    throw error;
  }
}
