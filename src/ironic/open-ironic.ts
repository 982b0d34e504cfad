import type { BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { openServiceSession, type SessionParts } from '../keystone/service-session.ts';
import { ironicConnection } from './ironic-connection.ts';
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
    service: { ...ironicNodes(connection), ...ironicPorts(connection) },
    close: () => session.close(),
  };
}
