import { readFile } from 'node:fs/promises';
import type { Logger } from '../logging/logger.ts';

/** The MAC address under which a port is seen in the Ethernet, by its `extra.client-id`, where it is another one. */
export type SeenAs = (clientId: unknown) => string | undefined;

/** Nothing is mapped. */
export const nothingMapped: SeenAs = () => undefined;

/** Characters of the GUID of an InfiniBand port, which is the end of its client-id. */
const guidLength = 23;

/**
 * Ethernet over InfiniBand: the kernel lists under which Ethernet address a port of InfiniBand is seen, in lines
 * `EMAC=<MAC> IMAC=<QP>:<LID>:<GUID>`. A later interface goes before an earlier one, and within an interface the
 * first line counts, as in the original.
 *
 * @param interfaces `[iptables]ethoib_interfaces`; it goes for every driver.
 * @returns Reads the lines anew. An interface that has none is named in the log, once until it has.
 */
export function ethoibNeighbours(
  interfaces: readonly string[],
  log: Logger,
  read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8'),
): () => Promise<SeenAs> {
  const named = new Set<string>();
  const linesOf = async (name: string): Promise<readonly Neighbour[]> => {
    try {
      const lines = neighboursIn(await read(`/sys/class/net/${name}/eth/neighs`));
      named.delete(name);
      return lines;
    } catch {
      if (!named.has(name)) log.error(`Interface ${name} is not Ethernet Over InfiniBand; Skipping ...`);
      named.add(name);
      return [];
    }
  };
  return async () => {
    if (interfaces.length === 0) return nothingMapped;
    const lists = await Promise.all(interfaces.map(linesOf));
    lists.reverse();
    return (clientId) => {
      if (typeof clientId !== 'string' || clientId === '') return undefined;
      const guid = clientId.slice(-guidLength);
      for (const lines of lists) {
        const line = lines.find(({ address }) => address.includes(guid));
        if (line !== undefined) return line.mac;
      }
      return undefined;
    };
  };
}

interface Neighbour {
  /** Lower-case; a line with another one does not count. */
  readonly mac: string;
  /** Of InfiniBand. */
  readonly address: string;
}

function neighboursIn(text: string): Neighbour[] {
  return text.split('\n').flatMap((line) => {
    const [, mac, address] = /EMAC=([0-9a-f]{2}(?::[0-9a-f]{2}){5}) IMAC=(.*)$/.exec(line) ?? [];
    return mac === undefined || address === undefined ? [] : [{ mac, address }];
  });
}
