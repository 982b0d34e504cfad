import type { NodeDocument } from './node-document.ts';

/** States that a node only passes through on its way to `manageable`. */
const passing = ['verifying', 'inspecting', 'inspect wait'];

/** The node in a provision state, with the state that it is on its way to. */
export function atState(node: NodeDocument, state: string, now: string): NodeDocument {
  return {
    ...node,
    provision_state: state,
    target_provision_state: passing.includes(state) || state === 'inspect failed' ? 'manageable' : null,
    provision_updated_at: now,
  };
}
