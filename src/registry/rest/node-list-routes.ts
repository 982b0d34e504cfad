import { InspectorError } from '../../errors/inspector-error.ts';
import { nodeFields } from '../node-fields.ts';
import type { NodeFilter } from '../page-request.ts';
import type { Registry } from '../registry.ts';
import { listNodeDetailsDocumentation, listNodesDocumentation } from './documentation/nodes.ts';
import { requireMinor } from './microversion.ts';
import { nodeView } from './node-view.ts';
import { listFields, nextLink, pageRequest, pagingParameters } from './paging.ts';
import type { Answer, Call, Route } from './route.ts';
import { refuseNewer, requestedFields } from './shown-fields.ts';

const usualFields = ['instance_uuid', 'maintenance', 'name', 'power_state', 'provision_state', 'uuid'];

const filters = [
  'associated',
  'driver',
  'instance_uuid',
  'maintenance',
  'provision_state',
  'resource_class',
] as const;

const detailParameters = [...filters, ...pagingParameters] as const;
const listParameters = ['fields', 'detail', ...detailParameters] as const;

/** Ironic's provision states; to ask for one that this registry never has is no error. */
const provisionStates = [
  'active',
  'adopt failed',
  'adopting',
  'available',
  'clean failed',
  'clean hold',
  'clean wait',
  'cleaning',
  'deleting',
  'deploy failed',
  'deploy hold',
  'deploying',
  'enroll',
  'error',
  'inspect failed',
  'inspect wait',
  'inspecting',
  'manageable',
  'rescue',
  'rescue failed',
  'rescue wait',
  'rescuing',
  'service failed',
  'service hold',
  'service wait',
  'servicing',
  'unrescue failed',
  'unrescuing',
  'verifying',
  'wait call-back',
];

/** The two lists of nodes. */
export function nodeListRoutes(registry: Registry): Route[] {
  return [
    {
      method: 'GET',
      path: '/nodes',
      documentation: listNodesDocumentation(listParameters),
      handle(call) {
        call.query.only(...listParameters);
        const asked = requestedFields(nodeFields, call.query.list('fields'), call.minor);
        return answer(registry, call, 'nodes', listFields(call, asked, usualFields));
      },
    },
    {
      method: 'GET',
      path: '/nodes/detail',
      documentation: listNodeDetailsDocumentation(detailParameters),
      handle(call) {
        call.query.only(...detailParameters);
        return answer(registry, call, 'nodes/detail', undefined);
      },
    },
  ];
}

async function answer(
  { nodes, context: { host } }: Registry,
  call: Call,
  path: string,
  fields: readonly string[] | undefined,
): Promise<Answer> {
  refuseNewer(nodeFields, [call.query.text('sort_key') ?? 'uuid'], call.minor);
  const request = pageRequest(call, fields);
  const items = await nodes.page(filterOf(call), request);
  const views = items.map((node) => nodeView(node, call, host, fields));
  return { status: 200, body: { nodes: views, ...nextLink(call, path, items, request) } };
}

function filterOf({ query, minor }: Call): NodeFilter {
  const provisionState = query.text('provision_state');
  if (provisionState !== undefined) {
    requireMinor(minor, 9);
    if (!provisionStates.includes(provisionState)) {
      throw new InspectorError('invalid', `Provision state "${provisionState.slice(0, 100)}" is not valid`);
    }
  }
  const driver = query.text('driver');
  if (driver !== undefined) requireMinor(minor, 16);
  const resourceClass = query.text('resource_class');
  if (resourceClass !== undefined) requireMinor(minor, 21);
  const given = {
    provisionState,
    driver,
    resourceClass,
    maintenance: query.flag('maintenance'),
    associated: query.flag('associated'),
    instanceUuid: query.uuid('instance_uuid'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
