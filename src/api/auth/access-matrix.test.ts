import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../testing/api-dependencies.ts';
import { tokenAccess } from '../../../testing/token-access.ts';
import { allRoutes } from '../routes/all-routes.ts';
import type { Wanted } from './access.ts';
import { registryWanted } from './registry-wanted.ts';

/** What a token may do: everything, read the status, or what everybody may. */
type Level = 'all' | 'status' | 'public';

/** By token: with `[oslo_policy]enforce_new_defaults`, and without. */
const matrix: Readonly<Record<string, readonly [Level, Level]>> = {
  'project.admin': ['all', 'all'],
  'project.ADMIN': ['all', 'all'],
  'system.admin,member,reader': ['all', 'all'],
  'domain.admin': ['all', 'all'],
  'project.service': ['all', 'all'],
  'system.service': ['all', 'all'],
  'system.reader': ['status', 'status'],
  'system.member,reader': ['status', 'status'],
  'project.reader': ['public', 'public'],
  'project.member,reader': ['public', 'public'],
  'project.manager,member,reader': ['public', 'public'],
  'domain.reader': ['public', 'public'],
  'project.none': ['public', 'public'],
  'project.administrator': ['public', 'all'],
  'project.baremetal_admin': ['public', 'all'],
  'project.baremetal_observer': ['public', 'status'],
};

/** Only admins and services may use the registry, whatever roles of former times allow. */
const registry: Wanted = registryWanted({ method: 'GET', url: '/baremetal/v1/nodes' });

function expected(level: Level, { policy, public: isPublic }: Wanted): number | undefined {
  const isOpen = isPublic || level === 'all' || (level === 'status' && policy === 'introspection:status');
  return isOpen ? undefined : 403;
}

describe('access by token', () => {
  const routes = allRoutes(apiFakes());
  for (const [token, levels] of Object.entries(matrix)) {
    for (const [index, enforce_new_defaults] of [true, false].entries()) {
      const level = levels[index] ?? 'public';
      it(`of ${token} is "${level}" where enforce_new_defaults is ${enforce_new_defaults}`, async () => {
        const access = tokenAccess({ policy: { enforce_new_defaults } });

        for (const { method, path, policy, public: isPublic = false } of routes) {
          const wanted = { policy, public: isPublic };
          const request = { headers: { 'x-auth-token': token }, method, target: path };
          const refusal = await access.refusal(request, wanted);
          assert.equal(refusal?.status, expected(level, wanted), `${method} ${path}`);
        }
      });
    }

    it(`of ${token} to the registry is for admins and services`, async () => {
      const access = tokenAccess({ policy: { enforce_new_defaults: false } });
      const request = { headers: { 'x-auth-token': token }, method: 'GET', target: '/baremetal/v1/nodes' };

      const refusal = await access.refusal(request, registry);

      assert.equal(refusal?.status, levels[0] === 'all' ? undefined : 403);
    });
  }

  for (const token of [undefined, '', 'nonsense', 'expired.admin', 'bad token', 'tökén.admin']) {
    it(`of ${token} is to what is public`, async () => {
      const access = tokenAccess();

      for (const { method, path, policy, public: isPublic = false } of routes) {
        const headers = token === undefined ? {} : { 'x-auth-token': token };
        const refusal = await access.refusal({ headers, method, target: path }, { policy, public: isPublic });
        assert.equal(refusal?.status, isPublic ? undefined : 401, `${method} ${path}`);
      }
    });
  }

  it('has a rule for each route', () => {
    assert.ok(routes.every(({ policy }) => policy.startsWith('introspection')));
  });

  it('knows five public routes', () => {
    const open = routes.filter((route) => route.public === true).map(({ path }) => path);

    assert.deepEqual(
      open.toSorted(),
      ['/', '/<version>', '/v1/continue', '/v1/docs', '/v1/openapi.json'].toSorted(),
    );
  });
});
