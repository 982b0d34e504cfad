import type { Introspection } from './introspection.ts';

/** The look-up's query, which remembers what matched. */
export function countingMatches(nodes: Introspection['nodes']) {
  const matched: { readonly name: string; readonly uuid: string }[] = [];
  return {
    async matches(name: string, values: readonly string[]): Promise<string[]> {
      const uuids = await nodes.matches(name, values);
      matched.push(...uuids.map((uuid) => ({ name, uuid })));
      return uuids;
    },
    /** `2 MAC addresses and 1 BMC address` */
    matchedBy(uuid: string): string {
      const count = (name: string) => matched.filter((one) => one.name === name && one.uuid === uuid).length;
      const counts = [
        [count('mac'), 'MAC'],
        [count('bmc_address'), 'BMC'],
      ] as const;
      const shown = counts.filter(([number]) => number > 0);
      return shown
        .map(([number, what]) => `${number} ${what} address${number === 1 ? '' : 'es'}`)
        .join(' and ');
    },
  };
}
