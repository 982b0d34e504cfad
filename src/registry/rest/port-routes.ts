import { InspectorError } from '../../errors/inspector-error.ts';
import type { NodeDocument, PortDocument } from '../node-document.ts';
import { portFields } from '../port-fields.ts';
import type { IntrospectionHooks } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import {
  createPortDocumentation,
  deletePortDocumentation,
  patchPortDocumentation,
  showPortDocumentation,
} from './documentation/ports.ts';
import { urlOf } from './links.ts';
import { patchOf } from './patch-body.ts';
import { portView } from './port-view.ts';
import { objectOf, paramOf, type Route } from './route.ts';
import { refuseNewer, requestedFields } from './shown-fields.ts';

const showParameters = ['fields'] as const;

/** Showing, creating, changing and deleting a port. */
export function portRoutes(
  { ports }: Registry,
  { portChanged }: Pick<IntrospectionHooks, 'portChanged'>,
): Route[] {
  const path = '/ports/:port';
  return [
    {
      method: 'POST',
      path: '/ports',
      documentation: createPortDocumentation,
      async handle(call) {
        const given = objectOf(call, 'port');
        refuseNewer(portFields, Object.keys(given), call.minor);
        const port = await ports.create(given);
        await portChanged?.(port);
        return { status: 201, body: portView(port, call), location: urlOf(call.base, `ports/${port.uuid}`) };
      },
    },
    {
      method: 'GET',
      path,
      documentation: showPortDocumentation(showParameters),
      async handle(call) {
        const fields = requestedFields(
          portFields,
          call.query.only(...showParameters).list('fields'),
          call.minor,
        );
        return { status: 200, body: portView(await ports.get(paramOf(call, 'port')), call, fields) };
      },
    },
    {
      method: 'PATCH',
      path,
      documentation: patchPortDocumentation,
      async handle(call) {
        call.query.only();
        const patch = patchOf(call.body, portFields, call.minor);
        const { uuid } = await ports.get(paramOf(call, 'port'));
        const check = (port: PortDocument, node: NodeDocument) => {
          if (call.minor >= 39) refuseWhileInspecting(port, node);
        };
        const port = await ports.patch(uuid, patch, { check });
        await portChanged?.(port);
        return { status: 200, body: portView(port, call) };
      },
    },
    {
      method: 'DELETE',
      path,
      documentation: deletePortDocumentation,
      async handle(call) {
        call.query.only();
        await ports.delete((await ports.get(paramOf(call, 'port'))).uuid);
        return { status: 204 };
      },
    },
  ];
}

function refuseWhileInspecting(port: PortDocument, node: NodeDocument): void {
  if (node.provision_state !== 'inspecting') return;
  throw new InspectorError(
    'conflict',
    `Cannot update port "${port.uuid}" on "${node.uuid}" while it is in state "inspecting".`,
  );
}
