import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import type { DataKind, DataStore } from '../../introspection-data/data-store.ts';
import { nodeUuid } from '../node-identifier.ts';
import { introspectionDataDocumentation } from '../openapi/operations/introspection-data.ts';
import type { Route } from '../route.ts';

const paths: Readonly<Record<DataKind, string>> = {
  processed: '/v1/introspection/<node>/data',
  unprocessed: '/v1/introspection/<node>/data/unprocessed',
};

/** What a ramdisk sent, before or after processing, byte for byte as it is stored. */
export const introspectionDataRoute = (
  kind: DataKind,
  data: Pick<DataStore, 'get'>,
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: paths[kind],
  policy: 'introspection:data',
  documentation: introspectionDataDocumentation(kind === 'processed'),
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal, request.log);
    return { status: 200, text: await data.get(uuid, kind) };
  },
});
