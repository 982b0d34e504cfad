import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import type { Logger } from '../logging/logger.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';

/** What a hook is given besides its data. New members may be added; a hook ignores those it does not know. */
export interface HookContext {
  /** Prefixed with the node, as far as it is known. */
  readonly log: Logger;
}

/** One step of the processing pipeline. Named in `[processing]processing_hooks`. */
export interface ProcessingHook {
  readonly name: string;
  /** Hooks that must be enabled, and come, before this one. */
  readonly dependencies?: readonly string[];
  /** Before the node is known; may change the data. A throw is kept until the node is found. */
  beforeProcessing?(data: RamdiskData, context: HookContext): void | Promise<void>;
  /** The node is known. Changes go into the draft; nothing is sent before all hooks and rules have run. */
  beforeUpdate?(data: RamdiskData, node: NodeDraft, context: HookContext): void | Promise<void>;
}
