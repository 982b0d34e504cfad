import { parseJsonObject } from '../../json/parse-json.ts';
import type { ConductorApi } from '../../rpc/conductor-api.ts';
import { continueDocumentation } from '../openapi/operations/introspection-data.ts';
import type { Route } from '../route.ts';

/**
 * The ramdisk's callback. Its content type says nothing: old ramdisks send none. What is no JSON object is
 * refused for good (docs/compatibility.md, continue-not-json).
 */
export const continueRoute = (conductor: Pick<ConductorApi, 'continue'>): Route => ({
  method: 'POST',
  path: '/v1/continue',
  policy: 'introspection:continue',
  public: true,
  documentation: continueDocumentation,
  async handle(request) {
    const data = parseJsonObject(await request.readBody());
    const { uuid } = await conductor.continue(data, { requestId: request.id });
    return { status: 200, body: { uuid } };
  },
});
