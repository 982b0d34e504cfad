// Shows these lines of docs/compatibility.md: introspection-history.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { madeUpClient } from '../../testing/made-up-client.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type RedfishEmulator, redfishEmulator } from '../../testing/redfish-emulator.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { type ServiceProcess, serviceProcess } from '../../testing/service-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { wideMachine } from '../../testing/wide-machine.ts';

const unknownRun = '00000000-0000-4000-8000-000000000001';

describe('the history of a node, over the API', () => {
  const machine = numberedMachine(1);
  let service: RunningService;
  let uuid = '';
  let history: any[];

  before(async () => {
    service = await runningService('[processing]\nstore_data = none');
    const { client } = service;
    uuid = await client.createNode({ name: 'one', driver_info: { ipmi_address: machine.bmcAddress } }, [
      machine.macs[0],
    ]);
    for (const count of [48, 24]) {
      await client.start(uuid);
      await client.callBack(machine.data({ 'inventory.cpu.count': count }));
      await client.until(uuid, 'finished');
    }
    await client.start(uuid);
    await client.abort(uuid);
    await client.until(uuid, 'error');
    ({ history } = await client.do('GET /v1/introspection/one/history'));
  });
  after(async () => service.stop());

  const get = (path: string) => service.client.ask(`GET /v1/introspection/${uuid}/history${path}`);

  it('lists the runs, the last one first', async () => {
    const [aborted, last, first] = history;

    assert.equal(history.length, 3);
    assert.deepEqual([aborted.error, aborted.data.unprocessed], ['Canceled by operator', null]);
    assert.deepEqual(
      [last.state, last.error, last.drift],
      ['finished', null, { since: first.run, total: 1 }],
    );
    assert.equal(last.links[0].href, `${service.client.url}/v1/introspection/${uuid}/history/${last.run}`);
    const { body } = await get(`?limit=1&marker=${aborted.run}`);
    assert.deepEqual(body.history, [last]);
    assert.deepEqual((await get('?at=2020-01-01')).body, { history: [] });
  });

  it('shows a run with what became of the hardware', async () => {
    const { body } = await get(`/${history[1].run}`);

    assert.deepEqual(
      body.drift.changes.map(({ summary }: any) => summary),
      ['Processor changed: count 48 -> 24'],
    );
    assert.deepEqual(body.drift.not_compared, []);
    assert.ok(service.log.lines.some((line) => line.includes('Processor changed: count 48 -> 24')));
  });

  it('gives the data of each run, although no other data is kept', async () => {
    const counts = await Promise.all(
      [history[1].run, history[2].run, 'latest', `latest`].map(
        async (run) => (await get(`/${run}/data/unprocessed`)).body.inventory.cpu.count,
      ),
    );
    const processed = (await get(`/${history[2].run}/data`)).body;
    const then = (await get(`/latest/data?at=${history[2].finished_at}`)).body;

    assert.deepEqual(counts, [24, 48, 24, 24]);
    assert.equal(processed.cpus, 48);
    assert.deepEqual(then, processed);
  });

  it('compares the last two runs with data, or those that are named', async () => {
    const [, last, first] = history;
    const usual = (await get('/diff')).body;
    const turned = (await get(`/diff?from=${last.run}&to=${first.finished_at}`)).body;

    assert.deepEqual([usual.from.run, usual.to.run], [first.run, last.run]);
    assert.deepEqual(usual.changes[0].properties, [{ property: 'count', from: '48', to: '24' }]);
    assert.deepEqual(turned.changes[0].properties, [{ property: 'count', from: '24', to: '48' }]);
  });

  const refusals: readonly (readonly [string, number, RegExp])[] = [
    [`/${unknownRun}`, 404, /has no run 00000000/],
    [`/${unknownRun}/data`, 404, /has no run 00000000/],
    [`?marker=${unknownRun}`, 404, /has no run 00000000/],
    ['/first', 400, /expected the UUID of a run or "latest", got first/],
    ['/latest?at=noon', 400, /expected a time such as/],
    [`/diff?from=${unknownRun}`, 404, /has no run 00000000/],
    ['/diff?to=2020-01-01', 404, /has no run with data in its history by 2020/],
    ['?limit=-1', 400, /Limit cannot be negative/],
  ];
  for (const [path, status, message] of refusals) {
    it(`answers ${status} to ${path}`, async () => {
      const answer = await get(path);

      assert.equal(answer.status, status);
      assert.match(answer.body.error.message, message);
    });
  }

  it('has no data of a run in which nobody called back, and nothing before the first', async () => {
    const [aborted, , first] = history;

    const answers = await Promise.all(
      [`/${aborted.run}/data`, `/diff?to=${aborted.run}&from=latest`, `/diff?to=${first.run}`].map(get),
    );

    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.error.message.replaceAll(/[0-9a-f-]{36}/g, '*')]),
      [
        [404, 'Run * of node * has no processed data'],
        [404, 'Run * of node * has no unprocessed data'],
        [404, 'Node * has no run with data before * to compare it with'],
      ],
    );
  });

  it('is told by the native client', async () => {
    const client = madeUpClient(service.client.url);

    const list = await client.run('introspection history one -f value -c Error -c State');
    const account = await client.run('introspection history diff one');

    assert.equal(list.out, 'error Canceled by operator\nfinished None\nfinished None\n');
    assert.match(account.out, /\n {2}Processor changed: count 48 -> 24\n$/);
  });
});

describe('the history after kill -9', () => {
  const folder = temporaryFolder().path;
  const options = '[processing]\nadd_ports = all';
  const [processing, finishing] = [wideMachine(1), numberedMachine(2)];
  let bmc: RedfishEmulator;
  let service: ServiceProcess;
  const uuids = { processing: '', finishing: '' };

  before(async () => {
    bmc = await redfishEmulator({ tls: false, slowness: 0 });
    service = await serviceProcess(folder, options);
    const { client } = service;
    uuids.processing = await client.createNode({ driver_info: { ipmi_address: processing.bmcAddress } });
    const redfish = { driver: 'redfish', driver_info: { redfish_address: bmc.address } };
    uuids.finishing = await client.createNode(redfish, [finishing.macs[0]]);
    for (const uuid of Object.values(uuids)) await client.start(uuid);
    await client.untilNode(uuids.finishing, (node) => node.target_power_state === null);
    const letGo = bmc.hold();
    await client.callBack(finishing.data({ 'inventory.bmc_address': null }));
    const lost = client.callBack(processing.data).catch(() => undefined);
    await client.until(uuids.processing, 'processing');

    await service.end('SIGKILL');

    await lost;
    letGo();
    service = await serviceProcess(folder, options);
  });
  after(async () => {
    await service.end('SIGKILL');
    await bmc.close();
  });

  for (const name of ['processing', 'finishing'] as const) {
    it(`has one run, with all its data, of what was ${name}`, async () => {
      const { client } = service;
      await client.untilEnded(uuids[name]);
      if (name === 'processing') await client.callBack(processing.data);

      const { history } = await client.do(`GET /v1/introspection/${uuids[name]}/history`);

      assert.equal(history.length, 1);
      assert.deepEqual([history[0].state, history[0].error], ['finished', null]);
      assert.ok(history[0].data.unprocessed);
      assert.ok(history[0].data.processed);
    });
  }
});
