// Shows these lines of docs/compatibility.md: plugin-failure-named, plugin-time-limit.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { exampleSource, pluggedService, pluginFile } from '../../testing/plugged-service.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { until } from '../../testing/until.ts';

type Service = Awaited<ReturnType<typeof pluggedService>>;

describe('the example plug-in in a service', () => {
  const folder = temporaryFolder().path;
  let service: Service;

  before(async () => {
    service = await pluggedService(`
[plugins]
paths = ${exampleSource()}
[asset]
prefix = R1-
driver = fake-hardware
folder = ${folder}
[processing]
processing_hooks = $default_processing_hooks,asset_tag
node_not_found_hook = asset:asset_enroll
store_data = asset_files
[pxe_filter]
driver = asset_allow
`);
  });
  after(async () => {
    assert.equal(await service.stop(), true);
    assert.deepEqual([...service.log.at('critical')], []);
  });

  it('enrolls a machine, tags it, applies a rule to it and keeps its data', async () => {
    const { client } = service;
    await client.do('POST /v1/rules', {
      conditions: [{ op: 'starts-with', field: 'data://asset_tag', value: 'r1-sn', ignore_case: true }],
      actions: [{ action: 'set-owner', owner: 'team of {data[asset_tag]}' }],
    });
    const changes = { 'inventory.system_vendor.serial_number': 'SN-7' };

    const { body, status } = await client.callBack(numberedMachine(1).data(changes));
    await client.until(body.uuid, 'finished');

    assert.equal(status, 200);
    const node = await client.node(body.uuid);
    assert.equal(node.name, 'asset-SN-7');
    assert.equal(node.extra.asset_tag, 'R1-SN-7');
    assert.equal(node.extra.owner, 'team of R1-SN-7');
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    assert.deepEqual(files.sort(), [`${body.uuid}.processed.json`, `${body.uuid}.unprocessed.json`]);
    const data = await client.do(`GET /v1/introspection/${body.uuid}/data`);
    assert.equal(data.asset_tag, 'R1-SN-7');
    const { changes: told } = await client.do(`GET /v1/introspection/${body.uuid}/changes`);
    assert.ok(told.some(({ by, path }: any) => by === 'hook asset_tag' && path === '/extra/asset_tag'));
  });

  it('lets the machines under introspection boot, and no others', async () => {
    const { client } = service;
    const machine = numberedMachine(2);
    const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
    const uuid = await client.createNode(fields, [machine.macs[0]]);

    await client.start(uuid);
    const during = readFileSync(join(folder, 'allowed'), 'utf8');
    await client.callBack(machine.data({ 'inventory.system_vendor.serial_number': 'SN-8' }));
    await client.until(uuid, 'finished');
    // The end is recorded first.
    await until(() => !readFileSync(join(folder, 'allowed'), 'utf8').includes(machine.macs[0]));

    assert.ok(during.includes(machine.macs[0]));
  });

  it('has what the plug-in refuses in the status of the node, in words that name it', async () => {
    const { client } = service;
    const machine = numberedMachine(3);
    const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
    const uuid = await client.createNode(fields, [machine.macs[0]]);
    await client.start(uuid);

    const answer = await client.callBack(machine.data({ 'inventory.system_vendor': null }));

    assert.equal(answer.status, 400);
    const { error } = await client.untilEnded(uuid);
    assert.equal(
      error,
      'Preprocessing hook asset_tag: hook asset_tag of plug-in asset: the machine tells no serial number',
    );
  });

  it('tells a client what is wrong with a rule', async () => {
    const rule = (condition: object) => ({
      conditions: [{ op: 'starts-with', field: 'data://x', ...condition }],
      actions: [{ action: 'fail', message: 'x' }],
    });

    const wrong = await service.client.ask('POST /v1/rules', rule({ value: 5 }));
    const unknown = await service.client.ask('POST /v1/rules', rule({ value: 'a', values: 'b' }));

    assert.deepEqual(
      [wrong.status, wrong.message],
      [400, 'Invalid parameters for operator starts-with: expected value to be text'],
    );
    assert.deepEqual(
      [unknown.status, unknown.message],
      [400, 'Invalid parameters for operator starts-with: unexpected parameter(s): values'],
    );
  });
});

describe('a plug-in that misbehaves', () => {
  const faults = pluginFile(`
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
export const plugin = {
  name: 'faults',
  apiVersion: 1,
  processingHooks: [{
    name: 'faulty',
    async beforeUpdate(data, node, { signal }) {
      const fault = data.inventory.hostname;
      if (fault === 'throws') null.x;
      if (fault === 'rejects') await Promise.reject(new Error('on purpose'));
      if (fault === 'hangs') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        globalThis.toldOfAbort = signal.reason.message;
        await wait(50);
        try {
          node.patch([{ op: 'add', path: '/extra/late', value: true }]);
        } finally {
          globalThis.triedLate = (globalThis.triedLate ?? 0) + 1;
        }
      }
    },
  }],
  ruleConditions: [{ name: 'bad', check(field) { if (field === 'condition') throw new TypeError('bad field'); return field === 'action' || field === 'later'; } }],
  ruleActions: [{ name: 'worse', apply(node, params) { if (node.node.extra.later) return Promise.reject(new Error('late')); throw new RangeError('bad action'); } }],
};
`);
  let service: Service;
  let count = 100;

  before(async () => {
    service = await pluggedService(`
[plugins]
paths = ${faults}
time_limit = 0.1
[processing]
processing_hooks = $default_processing_hooks,faulty
`);
    await service.client.do('POST /v1/rules', {
      conditions: [{ op: 'bad', field: 'data://inventory.hostname', value: 1 }],
      actions: [{ action: 'worse' }],
    });
  });
  after(async () => {
    assert.equal(await service.stop(), true);
  });

  async function introspected(hostname: string, extra = {}) {
    const { client } = service;
    const machine = numberedMachine(++count);
    const uuid = await client.createNode({ driver_info: { ipmi_address: machine.bmcAddress }, extra }, [
      machine.macs[0],
    ]);
    await client.start(uuid);
    const { status } = await client.callBack(machine.data({ 'inventory.hostname': hostname }));
    const { error } = await client.untilEnded(uuid);
    return { status, error, node: await client.node(uuid) };
  }

  const cases: readonly (readonly [string, RegExp, object?])[] = [
    [
      'throws',
      /^Unexpected exception TypeError in hook faulty of plug-in faults: Cannot read properties of null/,
    ],
    ['rejects', /^Unexpected exception Error in hook faulty of plug-in faults: on purpose$/],
    [
      'hangs',
      /^hook faulty of plug-in faults took longer than 0\.1 s\. Mend the plug-in, or raise \[plugins\]time_limit$/,
    ],
    [
      'condition',
      /: condition bad of field .*: Unexpected exception TypeError in condition bad of plug-in faults: bad field$/,
    ],
    [
      'action',
      /: action worse: Unexpected exception RangeError in action worse of plug-in faults: bad action$/,
    ],
    [
      'later',
      /action worse of plug-in faults: expected apply to return nothing; it is asynchronous, which conditions and actions/,
      { later: true },
    ],
  ];
  for (const [fault, message, extra] of cases) {
    it(`fails its own introspection and no other: ${fault} (plugin-failure-named)`, async () => {
      const failed = await introspected(fault, extra);
      const next = await introspected('good');

      assert.equal(failed.status, 500);
      assert.match(failed.error, message);
      assert.deepEqual([next.status, next.error], [200, null]);
    });
  }

  it('changes nothing after its time is over, and is told of that (plugin-time-limit)', async () => {
    const earlier = (globalThis as any).triedLate ?? 0;
    const { node } = await introspected('hangs');
    await until(() => (globalThis as any).triedLate > earlier);
    const { extra } = await service.client.node(node.uuid);

    assert.equal(extra.late, undefined);
    assert.match((globalThis as any).toldOfAbort, /took longer/);
  });
});
