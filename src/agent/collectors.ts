/** The parts of the document that may be asked for; `default` is the inventory, and always there. */
export const collectorNames = ['default', 'pci-devices', 'numa-topology', 'lldp'] as const;

export type CollectorName = (typeof collectorNames)[number];

/** Whether a word names a collector. */
export function isCollectorName(word: string): word is CollectorName {
  return (collectorNames as readonly string[]).includes(word);
}
