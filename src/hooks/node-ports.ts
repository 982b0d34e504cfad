import type { InterfaceEntry } from '../inventory/interface-table.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';

/**
 * Drafts a port for each NIC whose MAC address is no port of the node yet. Whether an address belongs to
 * another node shows when the plan is applied.
 *
 * @param pxeEnabled What becomes of `pxe_enabled`: as the ramdisk booted, or enabled.
 */
export function createPorts(
  node: NodeDraft,
  interfaces: readonly InterfaceEntry[],
  pxeEnabled: 'as booted' | 'always',
  log: Logger,
): void {
  const existing = interfaces.filter(({ mac, client_id: clientId, pxe }) => {
    const extra = clientId === null ? {} : { 'client-id': clientId };
    return !node.createPort({ address: mac, extra, pxe_enabled: pxeEnabled === 'always' || pxe });
  });
  if (existing.length === 0) return;
  log.debug(`The node has ports already for ${existing.map(({ mac }) => mac).join(', ')}`);
}

/** Drafts the deletion of each port whose address is not among the expected ones (lower-case). */
export function deleteOtherPorts(node: NodeDraft, expected: ReadonlySet<string>, log: Logger): void {
  for (const address of [...node.ports.keys()].filter((mac) => !expected.has(mac))) {
    log.info(`Deleting port ${address}: it is not among the expected MAC addresses`);
    node.deletePort(address);
  }
}

/** Drafts `pxe_enabled` of the ports that exist to be as the ramdisk booted. */
export function setPxeEnabled(node: NodeDraft, interfaces: readonly InterfaceEntry[]): void {
  for (const { mac, pxe } of interfaces) {
    node.patchPort(mac, [{ op: 'replace', path: '/pxe_enabled', value: pxe }]);
  }
}
