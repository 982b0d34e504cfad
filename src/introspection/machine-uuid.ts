import { createHash } from 'node:crypto';

/**
 * The UUID for a node that is made for a machine: the same for the same MAC addresses or, where it has none, the same
 * BMC addresses. It is of version 8, for UUIDs that an application makes in its own way (RFC 9562).
 */
export function machineUuid(attributes: {
  readonly mac: readonly string[];
  readonly bmc_address: readonly string[];
}): string {
  const { mac, bmc_address: bmc } = attributes;
  const known = mac.length > 0 ? mac : bmc;
  const digest = createHash('sha256').update(JSON.stringify(known.toSorted())).digest('hex');
  const [a, b, c, d, e] = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(13, 16),
    digest.slice(17, 20),
    digest.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}
