import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';
import { testTime } from '../../../testing/registry-builder.ts';
import { nodeFields } from '../node-fields.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
const driver = 'fake-hardware';

describe('POST /v1/nodes', () => {
  it('creates a node and says where it is', async () => {
    const { call } = await registryApi();
    const given = { driver, name: 'one', uuid, properties: { cpus: 4 }, driver_info: { ipmi_password: 'p' } };

    const { status, headers, body } = await call('POST', '/v1/nodes', given);

    assert.equal(status, 201);
    assert.equal(headers.location, `http://registry.example/baremetal/v1/nodes/${uuid}`);
    assert.equal(body.provision_state, 'enroll');
    assert.equal(body.created_at, testTime);
    assert.equal(body.conductor, 'here');
    assert.deepEqual(body.driver_info, { ipmi_password: '******' });
    assert.deepEqual(body.links, [
      { href: `http://registry.example/baremetal/v1/nodes/${uuid}`, rel: 'self' },
      { href: `http://registry.example/baremetal/nodes/${uuid}`, rel: 'bookmark' },
    ]);
    assert.deepEqual(
      Object.keys(body).toSorted(),
      [...Object.keys(nodeFields), 'links', 'ports', 'states'].toSorted(),
    );
  });

  it('gives old clients the node that they know', async () => {
    const { call } = await registryApi();

    const oldest = await call('POST', '/v1/nodes', { driver }, '1.1');
    const older = await call('POST', '/v1/nodes', { driver }, '1.10');

    assert.equal(oldest.body.provision_state, null);
    assert.equal('name' in oldest.body, false);
    assert.equal('states' in oldest.body, false);
    assert.equal(older.body.provision_state, 'available');
  });

  it('refuses what the version of the client does not have', async () => {
    const { call } = await registryApi();

    const { status, fault } = await call('POST', '/v1/nodes', { driver, resource_class: 'large' }, '1.20');
    const tolerated = await call('POST', '/v1/nodes', { driver, name: null }, '1.1');

    assert.deepEqual(
      [status, fault],
      [406, 'Request not acceptable. The minimal required API version should be 1.21'],
    );
    assert.equal(tolerated.status, 201);
  });

  it('takes for old clients only names that are host names', async () => {
    const { call } = await registryApi();

    assert.equal((await call('POST', '/v1/nodes', { driver, name: 'One_' }, '1.9')).status, 400);
    assert.equal((await call('POST', '/v1/nodes', { driver, name: 'One_' }, '1.10')).status, 201);
  });

  const refused: [object, number, string][] = [
    [{}, 400, "Schema error for node: 'driver' is a required property"],
    [
      { driver, wrong: 1 },
      400,
      "Schema error for node: Additional properties are not allowed ('wrong' was unexpected)",
    ],
    [{ driver, name: 'a b' }, 400, "Cannot create node with invalid name 'a b'"],
    [{ driver, name: 'taken' }, 409, 'A node with name taken already exists.'],
  ];
  for (const [given, status, message] of refused) {
    it(`refuses ${JSON.stringify(given)}`, async () => {
      const { call, registry } = await registryApi();
      await registry.nodes.create({ driver, name: 'taken' });

      const answer = await call('POST', '/v1/nodes', given);

      assert.deepEqual([answer.status, answer.fault], [status, message]);
    });
  }
});

describe('GET /v1/nodes/<node>', () => {
  it('shows a node by UUID and by name, whole or in part', async () => {
    const { call, registry } = await registryApi();
    const node = await registry.nodes.create({ driver, name: 'one', extra: { a: 1 } });

    const whole = await call('GET', `/v1/nodes/${node.uuid}`);
    const part = await call('GET', '/v1/nodes/one?fields=extra,UUID');

    assert.equal(whole.body.name, 'one');
    assert.deepEqual(Object.keys(part.body).toSorted(), ['extra', 'links', 'uuid']);
    assert.deepEqual(part.body.extra, { a: 1 });
  });

  it('says what it does not find or show', async () => {
    const { call, registry } = await registryApi();
    await registry.nodes.create({ driver, name: 'one' });
    const fault = async (path: string, version?: string) => {
      const answer = await call('GET', path, undefined, version);
      return `${answer.status} ${answer.fault}`;
    };

    assert.equal(await fault(`/v1/nodes/${uuid}`), `404 Node ${uuid} could not be found.`);
    assert.equal(await fault('/v1/nodes/two'), '404 Node two could not be found.');
    assert.equal(await fault('/v1/nodes/one', '1.4'), '404 Node one could not be found.');
    assert.equal(await fault('/v1/nodes/a%20b'), '400 Expected UUID or name for node_ident: a b');
    assert.equal(await fault('/v1/nodes/one?fields=nope,uuid'), '400 Field(s) "nope" are not valid');
    assert.equal(
      await fault('/v1/nodes/one?fields=traits', '1.36'),
      '406 Request not acceptable. The minimal required API version should be 1.37',
    );
    assert.equal(
      await fault('/v1/nodes/one?fields=uuid', '1.7'),
      '406 Request not acceptable. The minimal required API version should be 1.8',
    );
    assert.equal(await fault('/v1/nodes/one?other=1'), '400 Unexpected arguments: other');
  });

  it('shows who works on the node', async () => {
    const { call, registry } = await registryApi();
    const { uuid: node } = await registry.nodes.create({ driver, name: 'one' });
    await registry.nodes.change(node, (current) => ({ ...current, target_power_state: 'power on' }));

    assert.equal((await call('GET', '/v1/nodes/one')).body.reservation, 'here');
  });

  it('has other names for states that old clients do not know', async () => {
    const { call, registry } = await registryApi();
    const { uuid: node } = await registry.nodes.create({ driver, name: 'one' });
    await registry.nodes.change(node, (current) => ({ ...current, provision_state: 'inspect wait' }));

    assert.equal((await call('GET', '/v1/nodes/one', undefined, '1.38')).body.provision_state, 'inspecting');
    assert.equal(
      (await call('GET', '/v1/nodes/one', undefined, '1.39')).body.provision_state,
      'inspect wait',
    );
  });
});

describe('PATCH /v1/nodes/<node>', () => {
  it('changes a node', async () => {
    const { call, registry } = await registryApi();
    await registry.nodes.create({ driver, name: 'one', extra: { a: 1 } });

    const { status, body } = await call('PATCH', '/v1/nodes/one', [
      { op: 'add', path: '/properties/cpus', value: 4 },
      { op: 'remove', path: '/extra/a' },
      { op: 'replace', path: '/name', value: 'two' },
    ]);

    assert.equal(status, 200);
    assert.deepEqual([body.name, body.properties, body.extra], ['two', { cpus: 4 }, {}]);
    assert.equal(body.updated_at, testTime);
  });

  it('changes the driver with its parts', async () => {
    const { call, registry } = await registryApi();
    await registry.nodes.create({ driver, name: 'one' });
    const patch = [{ op: 'replace', path: '/driver', value: 'redfish' }];

    const old = await call('PATCH', '/v1/nodes/one?reset_interfaces=True', patch, '1.44');
    const { body } = await call('PATCH', '/v1/nodes/one?reset_interfaces=True', patch);

    assert.equal(old.status, 406);
    assert.deepEqual([body.driver, body.power_interface], ['redfish', 'redfish']);
  });

  const refused: [unknown, RegExp][] = [
    [{}, /^Schema error for patch: expected a list of operations$/],
    [undefined, /^Schema error for patch: expected a list of operations$/],
    [[5], /an operation is no object/],
    [[{ op: 'move', path: '/name', value: 1 }], /op: "move" is not one of \['add', 'replace', 'remove'\]/],
    [[{ op: 'add', path: 'name', value: 1 }], /path: expected \/field or \/field\/member, got "name"/],
    [[{ op: 'add', value: 1 }], /path: expected/],
    [[{ op: 'add', path: '/name' }], /'value' is a required property of 'add' \/name/],
    [
      [{ op: 'add', path: '/name', value: 'x', from: '/a' }],
      /Additional properties are not allowed \('from' was unexpected\)/,
    ],
    [
      Array.from({ length: 1001 }, () => ({ op: 'remove', path: '/name' })),
      /expected at most 1000 operations, got 1001/,
    ],
    [[{ op: 'add', path: '/power_state', value: 'power on' }], /^Cannot patch \/power_state\./],
    [[{ op: 'remove', path: '/extra/a' }], /^Couldn't apply patch/],
    [[{ op: 'add', path: '/extra/__proto__', value: {} }], /^Invalid patch path/],
  ];
  for (const [patch, message] of refused) {
    it(`refuses ${JSON.stringify(patch)?.slice(0, 80)}`, async () => {
      const { call, registry } = await registryApi();
      await registry.nodes.create({ driver, name: 'one' });

      const answer = await call('PATCH', '/v1/nodes/one', patch);

      assert.equal(answer.status, 400);
      assert.match(answer.fault ?? '', message);
    });
  }

  it('refuses what the version of the client does not have, but for its removal', async () => {
    const { call, registry } = await registryApi();
    await registry.nodes.create({ driver, name: 'one' });
    const patch = (op: string) => [{ op, path: '/description', ...(op === 'add' ? { value: 'x' } : {}) }];

    assert.equal((await call('PATCH', '/v1/nodes/one', patch('add'), '1.50')).status, 406);
    assert.equal((await call('PATCH', '/v1/nodes/one', patch('remove'), '1.50')).status, 200);
    const name = [{ op: 'add', path: '/name', value: 'One_' }];
    assert.equal((await call('PATCH', '/v1/nodes/one', name, '1.9')).status, 400);
  });

  it('waits until the node is not in transition', async () => {
    const { call, registry } = await registryApi();
    const { uuid: node } = await registry.nodes.create({ driver, name: 'one' });
    const patch = [{ op: 'add', path: '/extra/a', value: 1 }];
    const at = async (state: string, version: string) => {
      await registry.nodes.change(node, (current) => ({ ...current, provision_state: state }));
      return (await call('PATCH', '/v1/nodes/one', patch, version)).status;
    };

    assert.equal(await at('verifying', '1.75'), 409);
    assert.equal(await at('inspecting', '1.75'), 409);
    assert.equal(await at('inspecting', '1.38'), 200);
    assert.equal(await at('inspect wait', '1.75'), 200);
  });
});

describe('DELETE /v1/nodes/<node>', () => {
  it('deletes a node with its ports', async () => {
    const { call, registry } = await registryApi();
    const node = await registry.nodes.create({ driver, name: 'one' });
    await registry.ports.create({ address: 'aa:bb:cc:dd:ee:ff', node_uuid: node.uuid });

    const { status, body } = await call('DELETE', '/v1/nodes/one');

    assert.deepEqual([status, body], [204, undefined]);
    assert.equal((await call('DELETE', '/v1/nodes/one')).status, 404);
    assert.deepEqual((await call('GET', '/v1/ports')).body.ports, []);
  });

  it('says why it does not', async () => {
    const { call, registry } = await registryApi();
    const { uuid: node } = await registry.nodes.create({ driver, name: 'one' });
    await registry.nodes.change(node, (current) => ({ ...current, protected: true }));

    const { status, fault } = await call('DELETE', '/v1/nodes/one');

    assert.deepEqual(
      [status, fault],
      [403, `Node ${node} is protected and cannot be undeployed, rebuilt or deleted`],
    );
  });
});
