import type { DocumentedOperation } from '../../json/documented-operation.ts';
import type { IntrospectionHooks } from '../provisioning.ts';
import type { Registry } from '../registry.ts';
import { allRoutes, documentRoutes } from './all-routes.ts';
import type { Route } from './route.ts';

/**
 * Every operation that the registry serves, as the OpenAPI document has it. The same paths without their
 * version, which are there for bookmarks, are left out.
 *
 * @param prefix Where the registry is: `/baremetal`.
 */
export function documentedOperations(
  registry: Registry,
  hooks: IntrospectionHooks,
  prefix: string,
): DocumentedOperation[] {
  const open = { policy: 'registry:version', public: true };
  const closed = { policy: 'registry:access', public: false };
  return [
    ...documentRoutes.map((route) => documented(route, prefix, open)),
    ...allRoutes(registry, hooks).map((route) => documented(route, `${prefix}/v1`, closed)),
  ];
}

function documented(
  { method, path, since, documentation }: Route,
  prefix: string,
  access: Pick<DocumentedOperation, 'policy' | 'public'>,
): DocumentedOperation {
  return {
    method,
    path: `${prefix}${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`,
    ...access,
    documentation: since === undefined ? documentation : { ...documentation, since: `1.${since}` },
  };
}
