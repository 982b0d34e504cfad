import type { OptionsOf } from '../config/option.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { openServiceSession, type SessionParts } from '../keystone/service-session.ts';
import { type SwiftClient, swiftClient } from './swift-client.ts';
import type { swiftOptions } from './swift-options.ts';

/**
 * The client that `[swift]` asks for. Nothing is sent before it is used.
 *
 * @throws InspectorError `invalid` naming the option that is missing or wrong.
 */
export function openSwift(
  settings: OptionsOf<typeof swiftOptions.options>,
  surroundings: Omit<SessionParts, 'section' | 'settings'>,
): SwiftClient {
  const { container, delete_after: deleteAfter } = settings;
  if (container === '' || container.includes('/')) {
    throw new InspectorError(
      'invalid',
      `[swift]container: expected a name without slashes, got "${container}"`,
    );
  }
  const session = openServiceSession({ ...surroundings, section: 'swift', settings });
  return swiftClient(session, { container, deleteAfter });
}
