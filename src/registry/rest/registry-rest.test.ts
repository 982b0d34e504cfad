// Shows these lines of docs/compatibility.md: registry-resources.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';

describe('the API of the registry', () => {
  it('says in its root which versions there are', async () => {
    const { call } = await registryApi();
    const version = {
      id: 'v1',
      links: [{ href: 'http://registry.example/baremetal/v1/', rel: 'self' }],
      status: 'CURRENT',
      min_version: '1.1',
      version: '1.75',
    };

    for (const path of ['', '/']) {
      const { status, body } = await call('GET', path, undefined, null);
      assert.equal(status, 200);
      assert.deepEqual(body.versions, [version]);
      assert.deepEqual(body.default_version, version);
    }
    for (const path of ['/v1', '/v1/']) {
      const { body } = await call('GET', path);
      assert.equal(body.id, 'v1');
      assert.deepEqual(body.version, version);
      assert.equal(body.nodes[0].href, 'http://registry.example/baremetal/v1/nodes/');
    }
  });

  it('shows its versions on every answer', async () => {
    const { call } = await registryApi();
    const headers = async (...args: Parameters<typeof call>) => {
      const answer = await call(...args);
      const names = ['minimum-version', 'maximum-version', 'version'];
      return [answer.status, ...names.map((name) => answer.headers[`x-openstack-ironic-api-${name}`])];
    };

    assert.deepEqual(await headers('GET', '/v1/nodes', undefined, '1.11'), [200, '1.1', '1.75', '1.11']);
    assert.deepEqual(await headers('GET', '/v1/nodes', undefined, null), [200, '1.1', '1.75', '1.1']);
    assert.deepEqual(await headers('GET', '/v1/nodes', undefined, '1.99'), [406, '1.1', '1.75', undefined]);
    assert.deepEqual(await headers('GET', '/v1/nothing'), [404, '1.1', '1.75', '1.75']);
    assert.deepEqual(await headers('PUT', '/v1/nodes'), [405, '1.1', '1.75', '1.75']);
    assert.deepEqual(await headers('POST', '/v1/nodes', '{'), [400, '1.1', '1.75', '1.75']);
  });

  it('answers what it does not have in its own words', async () => {
    const { call } = await registryApi();

    for (const path of ['/v1/conductors', '/v1/chassis', '/v1/nodes/one/vifs', '/v2', '/v1/allocations/x']) {
      const { status, fault } = await call('GET', path);
      assert.deepEqual([status, fault], [404, 'The resource could not be found.']);
    }
    const { status, headers, fault } = await call('DELETE', '/v1/nodes');
    assert.deepEqual([status, headers.allow, fault], [405, 'GET, HEAD, POST', 'Method Not Allowed']);
  });

  it('hides from old clients what came later', async () => {
    const { call, registry } = await registryApi();
    const { uuid } = await registry.nodes.create({ driver: 'fake-hardware' });

    assert.equal((await call('GET', `/v1/nodes/${uuid}/traits`, undefined, '1.36')).status, 404);
    assert.equal((await call('GET', `/v1/nodes/${uuid}/traits`, undefined, '1.37')).status, 200);
  });

  it('takes bookmark links, which lack the version, and slashes at the end', async () => {
    const { call, registry } = await registryApi();
    const { uuid } = await registry.nodes.create({ driver: 'fake-hardware' });

    for (const path of [`/nodes/${uuid}`, `/v1/nodes/${uuid}/`, `/nodes/${uuid}/`]) {
      assert.equal((await call('GET', path)).body.uuid, uuid);
    }
  });

  it('answers HEAD like GET', async () => {
    const { app } = await registryApi();

    const { statusCode, body } = await app.inject({ method: 'HEAD', url: '/baremetal/v1/nodes' });

    assert.deepEqual([statusCode, body], [200, '']);
  });

  it('names the address that it is told in its links', async () => {
    const { call } = await registryApi({}, { publicUrl: 'https://public.example/bm/' });

    assert.equal((await call('GET', '/v1')).body.links[0].href, 'https://public.example/bm/v1/');
  });

  it('reads a body whatever its content type, and none where there is none', async () => {
    const { app } = await registryApi();
    const payload = JSON.stringify({ driver: 'fake-hardware' });
    const post = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/baremetal/v1/nodes', headers, payload });

    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=utf-8' },
    ]) {
      assert.equal((await post(headers)).statusCode, 201);
    }
    const empty = await app.inject({
      method: 'POST',
      url: '/baremetal/v1/nodes',
      headers: { 'content-type': 'application/json', 'x-openstack-ironic-api-version': '1.75' },
    });
    assert.match(empty.body, /'driver' is a required property/);
  });

  it('refuses a body that is too large, too deep, or no JSON', async () => {
    const { call } = await registryApi({}, { maxBody: 1000 });
    const bodies: [string, number][] = [
      [`{"driver":"${'x'.repeat(1000)}"}`, 413],
      [`${'['.repeat(400)}${']'.repeat(400)}`, 400],
      ['{"driver":', 400],
      ['{"driver":"fake-hardware","extra":{"__proto__":{"a":1}}}', 400],
      ['{"driver":"fake-hardware","extra":{"a":"\\u0000"}}', 400],
      ['[]', 400],
      ['null', 400],
      ['"x"', 400],
    ];

    for (const [body, status] of bodies) {
      const answer = await call('POST', '/v1/nodes', body);
      assert.equal(answer.status, status, `${body.slice(0, 60)}: ${answer.fault}`);
    }
    assert.deepEqual((await call('GET', '/v1/nodes')).body.nodes, []);
  });

  it('logs a fault of its own and tells nothing of it', async () => {
    const { call, database, log } = await registryApi();
    await database.close();

    const { status, fault } = await call('GET', '/v1/nodes');

    assert.deepEqual([status, fault], [500, 'Unexpected error; the log of the service says more']);
    assert.match(log.at('error')[0] ?? '', /^GET \/baremetal\/v1\/nodes failed: /);
  });
});
