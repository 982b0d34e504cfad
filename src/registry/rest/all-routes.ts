import type { IntrospectionHooks } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import { registryRootDocumentation, registryVersionDocumentation } from './documentation/discovery.ts';
import { driverRoutes } from './driver-routes.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { managementRoutes } from './management-routes.ts';
import { nodeListRoutes } from './node-list-routes.ts';
import { nodeRoutes } from './node-routes.ts';
import { portListRoutes } from './port-list-routes.ts';
import { portRoutes } from './port-routes.ts';
import type { Route } from './route.ts';
import { stateRoutes } from './state-routes.ts';
import { traitRoutes } from './trait-routes.ts';
import { validateRoutes } from './validate-routes.ts';
import { rootDocument, versionDocument } from './version-documents.ts';

/** What tells clients where all else is. */
export const documentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    documentation: registryRootDocumentation,
    handle: ({ base }) => ({ status: 200, body: rootDocument(base) }),
  },
  {
    method: 'GET',
    path: '/v1',
    documentation: registryVersionDocumentation,
    handle: ({ base }) => ({ status: 200, body: versionDocument(base) }),
  },
];

/** Every operation below `/v1`. */
export function allRoutes(registry: Registry, hooks: IntrospectionHooks): Route[] {
  return [
    ...nodeListRoutes(registry),
    ...nodeRoutes(registry),
    ...stateRoutes(registry, hooks),
    ...maintenanceRoutes(registry),
    ...traitRoutes(registry),
    ...managementRoutes(registry),
    ...validateRoutes(registry),
    ...portListRoutes(registry),
    ...portRoutes(registry, hooks),
    ...driverRoutes(registry),
  ];
}
