import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { type ParsedJson, parseJsonObject } from '../../json/parse-json.ts';
import type { ConductorApi } from '../../rpc/conductor-api.ts';
import { nodeUuid } from '../node-identifier.ts';
import { reapplyIntrospectionDocumentation } from '../openapi/operations/introspection-data.ts';
import type { ApiRequest, Route } from '../route.ts';

/**
 * Processes data once more: that of the body, or the stored one when there is no body or it is `{}`. A
 * chunked body counts as well (docs/compatibility.md, reapply-chunked).
 */
export const reapplyIntrospectionRoute = (
  conductor: Pick<ConductorApi, 'reapply'>,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'POST',
  path: '/v1/introspection/<node>/data/unprocessed',
  policy: 'introspection:reapply',
  documentation: reapplyIntrospectionDocumentation,
  async handle(request) {
    const data = parseBody(await request.readBody(), request);
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    await conductor.reapply(uuid, data, { requestId: request.id });
    return { status: 202, body: {} };
  },
});

function parseBody(body: Uint8Array, request: ApiRequest): ParsedJson<JsonObject> | undefined {
  if (body.length === 0) return undefined;
  try {
    const data = parseJsonObject(body);
    return Object.keys(data.value).length === 0 ? undefined : data;
  } catch (error) {
    if (!(error instanceof InspectorError && error.cause instanceof SyntaxError)) throw error;
    // The sentence is the original's, so the log has to tell what is wrong with the body.
    request.log.info(error.message);
    throw new InspectorError('invalid', 'Invalid data: expected a JSON object, got None', { cause: error });
  }
}
