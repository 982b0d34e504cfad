import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { ConductorApi } from '../../rpc/conductor-api.ts';
import { nodeUuid } from '../node-identifier.ts';
import { startIntrospectionDocumentation } from '../openapi/operations/introspections.ts';
import type { Route } from '../route.ts';

const trueWords = ['1', 't', 'true', 'on', 'y', 'yes'];
const falseWords = ['0', 'f', 'false', 'off', 'n', 'no'];

/**
 * Starts the introspection of a node. With `manage_boot=false` somebody else boots the machine. The body
 * is not looked at: Ironic sends `{"uuid": ...}` in it.
 */
export const startIntrospectionRoute = (
  conductor: Pick<ConductorApi, 'start'>,
  bareMetal: Pick<BareMetalService, 'getNode'>,
  canManageBoot: boolean,
): Route => ({
  method: 'POST',
  path: '/v1/introspection/<node>',
  policy: 'introspection:start',
  documentation: startIntrospectionDocumentation([...trueWords, ...falseWords]),
  async handle(request) {
    const manageBoot = parseManageBoot(request.query.get('manage_boot'));
    if (manageBoot && !canManageBoot) {
      throw new InspectorError(
        'invalid',
        'Managed boot is requested, but this installation cannot manage boot (can_manage_boot set to False)',
      );
    }
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    await conductor.start(uuid, { manageBoot }, { requestId: request.id });
    return { status: 202, body: {} };
  },
});

function parseManageBoot(text: string | null): boolean {
  if (text === null) return true;
  const word = text.trim().toLowerCase();
  if (trueWords.includes(word)) return true;
  if (falseWords.includes(word)) return false;
  throw new InspectorError('invalid', `Invalid boolean value for manage_boot: ${text}`);
}
