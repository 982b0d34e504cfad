import { bmcAddressesOf } from '../inventory/bmc-addresses.ts';
import { pxeMacOf } from '../inventory/pxe-mac.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import { nodePrefix } from '../logging/node-prefix.ts';
import type { NodeRecord } from '../nodes/node-record.ts';

/**
 * The log with the node in front of every message: UUID and state, and where the ramdisk's document is at
 * hand the MAC that it booted from and its BMC. `log` is one without such a prefix; with neither record nor
 * addresses it is `[unidentified node]`.
 */
export function logFor(
  log: Logger,
  record: Pick<NodeRecord, 'uuid' | 'state'> | undefined,
  data: JsonObject = {},
): Logger {
  return log.child(nodePrefix({ ...record, mac: pxeMacOf(data), bmc: bmcAddressesOf(data).ipv4 }));
}
