import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import type { NodeDraft } from '../nodes/node-draft.ts';
import type { HookContext, ProcessingHook } from './processing-hook.ts';

/**
 * Runs what hooks do once the node is known, in order. Changes go into the draft, each under its hook's name
 * (`hook scheduler`), and into the data. The first throw stops the run and passes through; what was drafted
 * before it stays in the draft.
 */
export async function runPostHooks(
  hooks: readonly ProcessingHook[],
  data: RamdiskData,
  node: NodeDraft,
  context: HookContext,
): Promise<void> {
  for (const hook of hooks) {
    await hook.beforeUpdate?.(data, node.by(`hook ${hook.name}`), context);
  }
}
