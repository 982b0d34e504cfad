import { InspectorError } from '../../errors/inspector-error.ts';
import type { PortFilter } from '../page-request.ts';
import { portFields } from '../port-fields.ts';
import type { Registry } from '../registry.ts';
import { addressedNode } from './addressed-node.ts';
import { listPortsDocumentation } from './documentation/ports.ts';
import { listFields, nextLink, pageRequest, pagingParameters } from './paging.ts';
import { portView } from './port-view.ts';
import { type Answer, type Call, paramOf, type Route } from './route.ts';
import { refuseNewer, requestedFields } from './shown-fields.ts';

const usualFields = ['address', 'uuid'];

const filters = ['address', 'node', 'node_uuid', 'portgroup'] as const;

/** The lists of all ports, and of a node's. */
export function portListRoutes(registry: Registry): Route[] {
  const lists = [
    { path: '/ports', filters, ofNode: false },
    { path: '/nodes/:node/ports', filters: ['address'] as const, ofNode: true },
  ];
  return lists.flatMap((list): Route[] => {
    const { ofNode } = list;
    const detailParameters = [...list.filters, ...pagingParameters] as const;
    const listParameters = ['fields', 'detail', ...detailParameters] as const;
    return [
      {
        method: 'GET',
        path: list.path,
        documentation: listPortsDocumentation({ ofNode, detail: false }, listParameters),
        handle(call) {
          call.query.only(...listParameters);
          const asked = requestedFields(portFields, call.query.list('fields'), call.minor);
          return answer(registry, call, list.path, listFields(call, asked, usualFields));
        },
      },
      {
        method: 'GET',
        path: `${list.path}/detail`,
        documentation: listPortsDocumentation({ ofNode, detail: true }, detailParameters),
        handle(call) {
          call.query.only(...detailParameters);
          return answer(registry, call, `${list.path}/detail`, undefined);
        },
      },
    ];
  });
}

async function answer(
  registry: Registry,
  call: Call,
  path: string,
  fields: readonly string[] | undefined,
): Promise<Answer> {
  refuseNewer(portFields, [call.query.text('sort_key') ?? 'uuid'], call.minor);
  const request = pageRequest(call, fields);
  const items = await registry.ports.page(await filterOf(registry, call), request);
  const here = path.replace(':node', encodeURIComponent(paramOf(call, 'node'))).slice(1);
  const views = items.map((port) => portView(port, call, fields));
  return { status: 200, body: { ports: views, ...nextLink(call, here, items, request) } };
}

async function filterOf({ nodes }: Registry, call: Call): Promise<PortFilter> {
  const { query, params } = call;
  const portgroup = query.text('portgroup');
  if (portgroup !== undefined) {
    throw new InspectorError('not-found', `Portgroup ${portgroup.slice(0, 255)} could not be found.`);
  }
  const address = query.mac('address');
  const ident = params.node ?? query.uuid('node_uuid') ?? query.text('node');
  const node =
    ident === undefined ? undefined : await addressedNode(nodes, { ...call, params: { node: ident } });
  return {
    ...(address === undefined ? {} : { address }),
    ...(node === undefined ? {} : { nodeUuid: node.uuid }),
  };
}
