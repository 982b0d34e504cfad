import type { BareMetalNode, BareMetalPort, NewNode } from '../bare-metal/bare-metal-service.ts';
import type { Options, OptionsOf } from '../config/option.ts';
import type { Logger } from '../logging/logger.ts';

/** What conditions and actions are given besides their values. Members may be added; ignore those you do not know. */
export interface RuleContext<O extends Options = Options> {
  /** The values of the plug-in's own options, from the section that has its name. */
  readonly options: OptionsOf<O>;
  readonly log: Logger;
}

/** What everything else that a plug-in brings is given. Members may be added; ignore those you do not know. */
export interface PluginContext<O extends Options = Options> extends RuleContext<O> {
  /** Aborted when `[plugins]time_limit` is over; what is done afterwards has no effect. */
  readonly signal: AbortSignal;
}

/**
 * What a node-not-found hook is given besides the data. The calls reach the bare metal service, and throw
 * InspectorError: `unavailable` and `conflict` make the ramdisk try again when the hook lets them pass.
 */
export interface NodeNotFoundPluginContext<O extends Options = Options> extends PluginContext<O> {
  /** By UUID or name. @throws InspectorError `not-found` */
  getNode(ident: string): Promise<BareMetalNode>;
  findPortByAddress(address: string): Promise<BareMetalPort | undefined>;
  /** The UUID of the node that has a BMC of one of these addresses. */
  findNodeByBmcAddress(addresses: readonly string[]): Promise<string | undefined>;
  /** Creates a node in provision state `enroll`. */
  createNode(node: NewNode): Promise<BareMetalNode>;
}

/**
 * Who may boot the ramdisk, as plain data. MAC addresses are 6 octets, lower-case, separated by colons, sorted; none is
 * in both lists.
 */
export interface PxeAccess {
  /** Nobody at all; everybody but `denied`, unknown machines too; or `allowed` and nobody else. */
  readonly mode: 'closed' | 'deny-list' | 'allow-list';
  /** Of machines under introspection. */
  readonly allowed: readonly string[];
  /** Of all other machines that the bare metal service knows. */
  readonly denied: readonly string[];
}

/** What a PXE filter is given. */
export interface PxeFilterContext<O extends Options = Options> extends PluginContext<O> {
  /** `access().allowed`, for a filter that needs no more. */
  allowedMacs(): Promise<readonly string[]>;
  /** To be asked while `sync` runs. */
  access(): PxeAccess;
}
