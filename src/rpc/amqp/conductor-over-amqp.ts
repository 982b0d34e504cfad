import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { Logger } from '../../logging/logger.ts';
import type { ConductorApi, RequestContext } from '../conductor-api.ts';
import type { LiveConductors } from '../live-conductors.ts';
import { CallLost, CallUndelivered } from './call-failures.ts';
import { packBody } from './packed-body.ts';
import type { RabbitCalls } from './rabbit-calls.ts';
import { type CallResult, readReply } from './reply-message.ts';
import { type ConductorCall, writeRequest } from './request-message.ts';

/** What calling conductors takes. */
export interface ConductorOverAmqp {
  readonly calls: Pick<RabbitCalls, 'call'>;
  readonly conductors: LiveConductors;
  /** `[DEFAULT]rpc_response_timeout`, seconds. */
  readonly responseTimeout: number;
  readonly log: Logger;
  readonly random?: () => number;
}

/** A callback is answered when all its data is processed; the original gives up on it too early. */
const continuePatience = 5;

/**
 * The conductors of other processes, each call to one that is taken at random. One that cannot be reached is passed
 * over; a call that may have been begun is never made again.
 */
export function conductorOverAmqp(on: ConductorOverAmqp): ConductorApi {
  const { responseTimeout: patience } = on;
  return {
    async start(node, { manageBoot }, from) {
      const call = { method: 'do_introspection', node_id: node, manage_boot: manageBoot } as const;
      await called(on, call, patience, from);
    },
    async abort(node, from) {
      await called(on, { method: 'do_abort', node_id: node }, patience, from);
    },
    async reapply(node, data, from) {
      await called(on, { method: 'do_reapply', node_uuid: node, data }, patience, from);
    },
    async continue(data, from) {
      const result = await called(on, { method: 'do_continue', data }, patience * continuePatience, from);
      if (result !== null) return result;
      throw new InspectorError('internal', 'The conductor did not say which node the data is of');
    },
  };
}

async function called(
  on: ConductorOverAmqp,
  call: ConductorCall,
  patience: number,
  from: RequestContext | undefined,
): Promise<CallResult> {
  const message = packBody(writeRequest({ call, from }));
  const left = [...(await on.conductors.hosts())];
  while (left.length > 0) {
    const [host = ''] = left.splice(Math.floor((on.random ?? Math.random)() * left.length), 1);
    try {
      const answer = await on.calls.call({ host, message, patience });
      return readReply(answer.toString());
    } catch (error) {
      if (error instanceof CallLost) throw lost(host, error);
      if (!(error instanceof CallUndelivered)) throw error;
      on.log.warning(`The conductor on ${host} cannot be called: ${messageOf(error)}`);
    }
  }
  throw new InspectorError('unavailable', 'No available conductor service');
}

/** A ramdisk tries again, and an operator may. */
function lost(host: string, error: CallLost): InspectorError {
  return new InspectorError('unavailable', `The conductor on ${host} did not answer: ${error.message}`, {
    cause: error,
  });
}
