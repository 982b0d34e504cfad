import { InspectorError } from '../../errors/inspector-error.ts';
import { versionDocumentation } from '../openapi/operations/discovery.ts';
import type { Route } from '../route.ts';

/**
 * Tells what there is in a version: the first segment after it of each route. The name is taken literally
 * (docs/compatibility.md, version-exact).
 */
export const versionRoute = (routes: () => readonly Route[]): Route => ({
  method: 'GET',
  path: '/<version>',
  policy: 'introspection:version',
  public: true,
  documentation: versionDocumentation,
  async handle(request) {
    const version = request.parameter('version');
    const names = routes().flatMap(({ path, unlisted }) => {
      const [first, name] = path.split('/').slice(1);
      return first === version && name !== undefined && unlisted !== true ? [name] : [];
    });
    if (names.length === 0) throw new InspectorError('not-found', `Version ${version} not found.`);
    const resources = [...new Set(names)].sort().map((name) => ({
      links: [{ href: request.link(`/${version}/${name}`), rel: 'self' }],
      name,
    }));
    return { status: 200, body: { resources } };
  },
});
