import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { openServiceSession, type SessionParts } from '../keystone/service-session.ts';
import type { Logger } from '../logging/logger.ts';
import { type IronicConnection, ironicConnection } from './ironic-connection.ts';
import { ironicNodes } from './ironic-nodes.ts';
import type { IronicSettings } from './ironic-options.ts';
import { ironicPorts } from './ironic-ports.ts';
import { repeatPolicyOf } from './repeat-policy.ts';

/** A client of an Ironic. */
export interface IronicClient {
  /** For introspection. */
  readonly service: BareMetalService;
  /** Closes the connections; requests under way fail. */
  close(): Promise<void>;
}

/**
 * The client that `[ironic]` asks for. Nothing is sent before it is used.
 *
 * @throws InspectorError `invalid` naming the option that is missing or wrong.
 */
export function openIronic(
  settings: IronicSettings,
  surroundings: Omit<SessionParts, 'section' | 'settings'>,
): IronicClient {
  const policy = repeatPolicyOf(settings);
  // Which answers are worth another try is decided here, where the text of a conflict can be read.
  const session = openServiceSession({
    ...surroundings,
    section: 'ironic',
    settings: { ...settings, status_code_retries: 0 },
  });
  const connection = ironicConnection(session, { ...surroundings, policy });
  return {
    service: serviceOver(connection),
    close: () => session.close(),
  };
}

/** @param log for messages about calls, in place of the connection's own */
function serviceOver(connection: IronicConnection, log?: Logger): BareMetalService {
  const its: IronicConnection = {
    call: (request) => connection.call({ ...request, log }),
    isAtLeast: (minor) => connection.isAtLeast(minor, log),
  };
  const loggingTo = (other: Logger) => serviceOver(connection, other);
  return { ...ironicNodes(its), ...ironicPorts(its), loggingTo };
}
