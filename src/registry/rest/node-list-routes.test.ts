// Shows these lines of docs/compatibility.md: registry-next-links.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';

const driver = 'fake-hardware';
const instance_uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

async function withNodes() {
  const on = await registryApi();
  const { nodes } = on.registry;
  await nodes.create({ driver, name: 'b', resource_class: 'large', maintenance: true });
  await nodes.create({ driver: 'manual-management', name: 'a', instance_uuid });
  await nodes.create({ driver, extra: { a: 1 }, driver_info: { password: 'p' } }, 'available');
  await nodes.create({ driver, name: 'c', resource_class: 'large' });
  const names = async (query: string, version?: string) => {
    const { body, fault } = await on.call('GET', `/v1/nodes${query}`, undefined, version);
    return body.nodes?.map((node: any) => node.name) ?? fault;
  };
  return { ...on, names };
}

describe('GET /v1/nodes', () => {
  it('shows the usual fields of all nodes, in the order of their creation', async () => {
    const { call, names } = await withNodes();

    const { body } = await call('GET', '/v1/nodes');

    const usual = ['instance_uuid', 'links', 'maintenance', 'name', 'power_state', 'provision_state', 'uuid'];
    assert.deepEqual(Object.keys(body.nodes[0]).toSorted(), usual);
    assert.equal(body.nodes[0].maintenance, true);
    assert.equal('next' in body, false);
    assert.deepEqual(await names(''), ['b', 'a', null, 'c']);
  });

  it('shows the fields that are asked for', async () => {
    const { call } = await withNodes();

    const few = await call('GET', '/v1/nodes?fields=uuid,maintenance');
    const more = await call('GET', '/v1/nodes?fields=extra,driver_info');

    assert.deepEqual(Object.keys(few.body.nodes[0]).toSorted(), ['links', 'maintenance', 'uuid']);
    assert.deepEqual(more.body.nodes[2].extra, { a: 1 });
    assert.deepEqual(more.body.nodes[2].driver_info, { password: '******' });
    assert.equal('uuid' in more.body.nodes[2], false);
  });

  it('shows all with detail', async () => {
    const { call } = await withNodes();

    for (const path of ['/v1/nodes?detail=True', '/v1/nodes/detail']) {
      const { body } = await call('GET', path);
      assert.equal(body.nodes.length, 4);
      assert.equal(body.nodes[0].power_interface, 'fake');
      assert.equal(body.nodes[2].driver_info.password, '******');
    }
  });

  const filters: [string, unknown][] = [
    ['?provision_state=available', [null]],
    ['?driver=manual-management', ['a']],
    ['?maintenance=true', ['b']],
    ['?maintenance=False', ['a', null, 'c']],
    ['?associated=true', ['a']],
    ['?associated=false', ['b', null, 'c']],
    ['?resource_class=large', ['b', 'c']],
    ['?resource_class=large&maintenance=no', ['c']],
    [`?instance_uuid=${instance_uuid}`, ['a']],
    ['?provision_state=deploying', []],
    ['?sort_key=name', [null, 'a', 'b', 'c']],
    ['?sort_key=name&sort_dir=desc', ['c', 'b', 'a', null]],
    ['?sort_key=created_at&sort_dir=desc', ['c', null, 'a', 'b']],
    ['?limit=2', ['b', 'a']],
  ];
  for (const [query, expected] of filters) {
    it(`answers ${query}`, async () => {
      const { names } = await withNodes();

      assert.deepEqual(await names(query), expected);
    });
  }

  const refused: [string, string, string?][] = [
    ['?provision_state=nope', 'Provision state "nope" is not valid'],
    ['?maintenance=x', "Invalid maintenance: Unrecognized value 'x', expected True or False"],
    ['?limit=0', 'Limit must be positive'],
    ['?limit=x', 'Expected an integer for limit: x'],
    ['?sort_dir=up', "Invalid sort direction: up. Acceptable values are 'asc' or 'desc'"],
    ['?sort_key=extra', 'The sort_key value "extra" is an invalid field for sorting'],
    ['?sort_key=document', 'The sort_key value "document" is an invalid field for sorting'],
    ['?marker=x', 'Expected UUID for marker: x'],
    [`?marker=${instance_uuid}`, `Node ${instance_uuid} could not be found.`],
    ['?wrong=1', 'Unexpected arguments: wrong'],
    ['?fields=uuid&detail=true', 'Can not specify ?detail=True and fields in the same request.'],
    ['?detail=true', 'Invalid query parameter ?detail=true received.', '1.42'],
    [
      '?provision_state=enroll',
      'Request not acceptable. The minimal required API version should be 1.9',
      '1.8',
    ],
    ['?driver=x', 'Request not acceptable. The minimal required API version should be 1.16', '1.15'],
    ['?resource_class=x', 'Request not acceptable. The minimal required API version should be 1.21', '1.20'],
    [
      '?sort_key=resource_class',
      'Request not acceptable. The minimal required API version should be 1.21',
      '1.20',
    ],
  ];
  for (const [query, message, version] of refused) {
    it(`refuses ${query}${version === undefined ? '' : ` of version ${version}`}`, async () => {
      const { names } = await withNodes();

      assert.equal(await names(query, version), message);
    });
  }

  for (const order of [
    '',
    '&sort_key=name',
    '&sort_key=resource_class&sort_dir=desc',
    '&sort_dir=desc',
    '&driver=fake-hardware',
  ]) {
    it(`is gone through page by page${order}`, async () => {
      const { call } = await withNodes();
      const all = (await call('GET', `/v1/nodes?fields=uuid${order}`)).body.nodes;

      const found = [];
      for (let url = `/v1/nodes?fields=uuid&limit=1${order}`; url !== undefined; ) {
        const { body } = await call('GET', url);
        found.push(...body.nodes);
        url = body.next?.replace('http://registry.example/baremetal', '');
      }

      assert.deepEqual(found, all);
    });
  }

  it('reads no documents for fields that have columns of their own', async () => {
    const { call, database } = await withNodes();
    await database.query.updateTable('baremetal_nodes').set({ document: 'not JSON' }).execute();

    assert.equal((await call('GET', '/v1/nodes?fields=uuid')).body.nodes.length, 4);
    assert.equal((await call('GET', '/v1/nodes')).body.nodes.length, 4);
    assert.equal((await call('GET', '/v1/nodes?fields=extra')).status, 500);
  });
});
