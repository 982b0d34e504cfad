import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { registryApi } from '../../../testing/registry-api-builder.ts';

const names = [
  'address',
  'boot_device',
  'driver',
  'extra',
  'local_link_connection',
  'maintenance',
  'name',
  'node_uuid',
  'persistent',
  'properties',
  'reason',
  'target',
  'traits',
  'uuid',
];
const name = fc.constantFrom(...names);
const value = fc.jsonValue({ maxDepth: 3 });
const member = fc.constantFrom('', '/a', '/toString/x', '/-', '/length', '/0/1', '/~0~1', '/constructor');
const path = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.tuple(name, member).map(([field, rest]) => `/${field}${rest}`),
);
const operation = fc.record(
  { op: fc.constantFrom('add', 'replace', 'remove', 'move'), path, value },
  { requiredKeys: ['op', 'path'] },
);
const body = fc.oneof(
  value,
  fc.dictionary(name, value, { maxKeys: 5 }),
  fc.array(operation, { maxLength: 4 }),
);

const urls = [
  '/v1/nodes',
  '/v1/nodes/one',
  '/v1/nodes/one/states/power',
  '/v1/nodes/one/states/provision',
  '/v1/nodes/one/traits',
  '/v1/nodes/one/traits/CUSTOM_A',
  '/v1/nodes/one/maintenance',
  '/v1/nodes/one/management/boot_device',
  '/v1/ports',
  '/v1/nodes?limit=1&sort_key=name',
  '/v1/ports/detail?node=one',
  '/v1/nodes/%00',
  '/v1/nodes/%F0%9F',
  `/v1/nodes/${'n'.repeat(300)}`,
];

describe('hostile requests', () => {
  it('are refused and never make the service fail', async () => {
    const { call, registry, log } = await registryApi();
    const { uuid } = await registry.nodes.create({ driver: 'fake-hardware', name: 'one' });
    const port = await registry.ports.create({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: uuid });
    const url = fc.constantFrom(...urls, `/v1/ports/${port.uuid}`);
    const method = fc.constantFrom('DELETE', 'PATCH', 'POST', 'PUT');

    await fc.assert(
      fc.asyncProperty(method, url, body, async (verb, address, sent) => {
        const { status } = await call(verb, address, JSON.stringify(sent));

        assert.ok(status < 500, `${verb} ${address} ${JSON.stringify(sent)}: ${log.at('error').at(-1)}`);
      }),
      { numRuns: 400 },
    );
    await registry.idle();
  });
});
