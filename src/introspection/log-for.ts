import type { Logger } from '../logging/logger.ts';
import { nodePrefix } from '../logging/node-prefix.ts';
import type { NodeRecord } from '../nodes/node-record.ts';

/** The log with the node in front of every message. */
export function logFor(log: Logger, record: Pick<NodeRecord, 'uuid' | 'state'>): Logger {
  return log.child(nodePrefix({ uuid: record.uuid, state: record.state }));
}
