import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchRoute } from './match-route.ts';
import { rootDocumentation } from './openapi/operations/discovery.ts';
import type { Route } from './route.ts';

function route(method: Route['method'], path: string): Route {
  return {
    method,
    path,
    policy: 'introspection',
    documentation: rootDocumentation,
    handle: async () => ({ status: 200, body: null }),
  };
}

const routes = [
  route('GET', '/'),
  route('GET', '/<version>'),
  route('POST', '/v1/continue'),
  route('GET', '/v1/introspection/<node>'),
  route('POST', '/v1/introspection/<node>'),
  route('GET', '/v1/introspection/<node>/data'),
];

function found(method: string, ...segments: string[]) {
  const { route: match, parameters, allowed } = matchRoute(routes, method, segments);
  return { path: match?.path, parameters: Object.fromEntries(parameters), allowed: allowed.join(' ') };
}

describe('matchRoute', () => {
  it('finds the root', () => {
    assert.deepEqual(found('GET'), { path: '/', parameters: {}, allowed: 'GET HEAD OPTIONS' });
  });

  it('gives what stands in the place of a name', () => {
    assert.deepEqual(found('GET', 'v1', 'introspection', 'n 1', 'data'), {
      path: '/v1/introspection/<node>/data',
      parameters: { node: 'n 1' },
      allowed: 'GET HEAD OPTIONS',
    });
  });

  it('finds the route for GET when HEAD is asked', () => {
    assert.equal(found('HEAD', 'v1').path, '/<version>');
  });

  it('tells all methods of a path', () => {
    assert.equal(found('GET', 'v1', 'introspection', 'x').allowed, 'GET HEAD OPTIONS POST');
    assert.equal(found('GET', 'v1', 'continue').allowed, 'OPTIONS POST');
  });

  it('finds no route for another method', () => {
    assert.equal(found('PUT', 'v1', 'introspection', 'x').path, undefined);
    assert.equal(found('HEAD', 'v1', 'continue').path, undefined);
  });

  it('finds no method for an unknown path', () => {
    assert.deepEqual(found('GET', 'v1', 'nothing', 'x'), { path: undefined, parameters: {}, allowed: '' });
    assert.equal(found('GET', 'v1', 'introspection', 'x', 'data', 'y').allowed, '');
  });

  it('takes a name literally', () => {
    assert.deepEqual(found('GET', '__proto__').parameters, { version: '__proto__' });
  });
});
