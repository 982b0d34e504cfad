import type { ConductorApi } from '../conductor-api.ts';
import type { CallResult } from './reply-message.ts';
import type { ConductorRequest } from './request-message.ts';

/**
 * Has the conductor do what a message asks for.
 *
 * @throws What the conductor throws.
 */
export async function answerCall(
  conductor: ConductorApi,
  { call, from }: ConductorRequest,
): Promise<CallResult> {
  switch (call.method) {
    case 'do_introspection':
      await conductor.start(call.node_id, { manageBoot: call.manage_boot }, from);
      return null;
    case 'do_abort':
      await conductor.abort(call.node_id, from);
      return null;
    case 'do_reapply':
      await conductor.reapply(call.node_uuid, call.data, from);
      return null;
    default:
      return conductor.continue(call.data, from);
  }
}
