import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import type { Logger } from '../logging/logger.ts';

/** What a node-not-found hook is given besides the data. */
export interface NodeNotFoundContext {
  readonly log: Logger;
  readonly bareMetal: BareMetalService;
  /** The node that has a BMC of one of these addresses, by its `driver_info`. */
  findNodeByBmcAddress(addresses: readonly string[]): Promise<string | undefined>;
  /**
   * For a node that is made for this machine, and the same for it each time: a node that was made just before a crash,
   * or whose creation was not answered, is known by it.
   */
  readonly newUuid: string;
  /** Whether anything is on record of a node, so that it was not lost on the way here. */
  isRecorded(nodeUuid: string): Promise<boolean>;
}

/** What to do with a machine that matches no node. Named in `[processing]node_not_found_hook`. */
export interface NodeNotFoundHook {
  readonly name: string;
  /**
   * Makes or picks a node and returns its UUID; the caller records it in state `enrolling`.
   * `undefined`: the machine is not wanted.
   */
  handle(data: RamdiskData, context: NodeNotFoundContext): Promise<string | undefined>;
}
