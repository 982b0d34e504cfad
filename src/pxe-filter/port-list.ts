import type { BareMetalPort, BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { AccessPort } from './pxe-filter.ts';

/** Lists the ports of all nodes, while more of them may be made. */
export interface PortList {
  /** Told of a port that there is; a list that is under way may lack it. */
  add(port: AccessPort): void;
  /**
   * Asks for all ports. One list at a time.
   *
   * @param take Gets them, with those that were told of since this was asked; whatever is told of later comes after
   *   that.
   * @throws InspectorError as `listPorts`.
   */
  ask(take: (ports: readonly AccessPort[]) => void): Promise<void>;
}

/** @param fields That are needed of each port. */
export function portList(
  bareMetal: Pick<BareMetalService, 'listPorts'>,
  fields: readonly (keyof BareMetalPort & string)[],
): PortList {
  let since: Map<string, AccessPort> | undefined;
  return {
    add: (port) => void since?.set(port.address, port),
    async ask(take) {
      const meanwhile = new Map<string, AccessPort>();
      since = meanwhile;
      try {
        const ports = await bareMetal.listPorts(fields);
        take([...ports, ...meanwhile.values()]);
      } finally {
        since = undefined;
      }
    },
  };
}
