import { newestVersion, versionText } from '../microversion.ts';
import { rootDocumentation } from '../openapi/operations/discovery.ts';
import type { Route } from '../route.ts';

/** Tells which versions there are and where; clients begin here. */
export const rootRoute = (): Route => ({
  method: 'GET',
  path: '/',
  policy: 'introspection',
  public: true,
  documentation: rootDocumentation,
  async handle(request) {
    const version = {
      id: versionText(newestVersion),
      links: [{ href: request.link('/v1'), rel: 'self' }],
      status: 'CURRENT',
    };
    return { status: 200, body: { versions: [version] } };
  },
});
