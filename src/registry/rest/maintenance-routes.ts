import { InspectorError } from '../../errors/inspector-error.ts';
import type { Registry } from '../registry.ts';
import { addressedNode } from './addressed-node.ts';
import { setMaintenanceDocumentation, unsetMaintenanceDocumentation } from './documentation/node-parts.ts';
import { objectOf, only, type Route } from './route.ts';

/** Taking a node out of service, and back. */
export function maintenanceRoutes({ nodes }: Registry): Route[] {
  const path = '/nodes/:node/maintenance';
  return [
    {
      method: 'PUT',
      path,
      documentation: setMaintenanceDocumentation,
      async handle(call) {
        const { reason = null } = only(objectOf(call, 'maintenance'), 'reason');
        if (reason !== null && typeof reason !== 'string') {
          throw new InspectorError(
            'invalid',
            `Expected string for reason: ${JSON.stringify(reason).slice(0, 100)}`,
          );
        }
        const { uuid } = await addressedNode(nodes, call);
        await nodes.change(uuid, (node) => ({ ...node, maintenance: true, maintenance_reason: reason }));
        return { status: 202 };
      },
    },
    {
      method: 'DELETE',
      path,
      documentation: unsetMaintenanceDocumentation,
      async handle(call) {
        const { uuid } = await addressedNode(nodes, call);
        await nodes.change(uuid, (node) => ({
          ...node,
          maintenance: false,
          maintenance_reason: null,
          fault: null,
        }));
        return { status: 202 };
      },
    },
  ];
}
