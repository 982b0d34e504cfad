import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type DatabaseRows, databaseRows } from '../../testing/database-rows.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { eventually, type ServiceAnswer, type ServiceClient } from '../../testing/service-client.ts';
import { databaseIn, type ServiceProcess, serviceProcess } from '../../testing/service-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const many = 200;

describe(`${many} machines at once`, () => {
  // The test runner watches every promise of its own process, which would be most of the work.
  let service: ServiceProcess;
  let rows: DatabaseRows;
  const machines = Array.from({ length: many }, (_, number) => numberedMachine(number));

  before(async () => {
    const folder = temporaryFolder().path;
    service = await serviceProcess(folder);
    rows = databaseRows(databaseIn(folder));
  });
  after(async () => {
    await service.end('SIGKILL');
    rows.close();
  });

  it('are started, call back and finish, while somebody reads all the time', async () => {
    const { client } = service;
    const uuids = await Promise.all(machines.map((machine) => createNode(machine)));
    const reading = reader(client);

    const started = await Promise.all(uuids.map((uuid) => client.ask(`POST /v1/introspection/${uuid}`)));
    await allAre('waiting');
    // Every fourth machine posts three times.
    const posting = machines.flatMap((machine, i) =>
      Array.from({ length: i % 4 === 0 ? 3 : 1 }, () => machine),
    );
    const answers = await Promise.all(posting.map((machine) => client.callBack(machine.data())));
    await allAre('finished');
    const read = await reading.stop();

    assert.deepEqual(statuses(started), { 202: many });
    assert.deepEqual(statuses(answers), { 200: many, 400: posting.length - many });
    assert.deepEqual(new Set(answers.flatMap(({ body }) => body.uuid ?? [])), new Set(uuids));
    assert.deepEqual(Object.keys(statuses(read)), ['200']);
    assert.ok(read.length >= 10);
    assert.deepEqual(rows.all('SELECT * FROM work_in_flight'), []);
    assert.deepEqual(rows.all('SELECT * FROM attributes'), []);
    assert.equal(rows.counts()['baremetal_ports'], many);
    const log = service.log().split('\n');
    assert.deepEqual(
      log.filter((line) => /locked|status: 5\d\d|Unexpected/.test(line)),
      [],
    );
  });

  it('are introspected again, restarted, aborted and read without trouble', async () => {
    const { client } = service;
    const uuids = rows.all('SELECT uuid FROM nodes LIMIT 60').map(({ uuid }) => String(uuid));

    const answers = await Promise.all(
      uuids.flatMap((uuid) => [
        client.ask(`POST /v1/introspection/${uuid}`),
        client.ask(`POST /v1/introspection/${uuid}/data/unprocessed`),
        client.ask(`POST /v1/introspection/${uuid}/abort`),
        client.ask(`GET /v1/introspection/${uuid}`),
      ]),
    );
    await allAre('waiting', 'error', 'finished');

    const counted = statuses(answers);
    assert.deepEqual(
      Object.keys(counted).filter((status) => Number(status) >= 500),
      [],
    );
    assert.deepEqual(rows.all('SELECT * FROM work_in_flight'), []);
  });

  async function allAre(...states: string[]): Promise<void> {
    await eventually(
      () => service.client.do('GET /v1/introspection'),
      ({ introspection }) => introspection.every(({ state }: any) => states.includes(state)),
    );
  }

  async function createNode({ bmcAddress, macs }: NumberedMachine): Promise<string> {
    const { client } = service;
    const fields = { driver: 'fake-hardware', driver_info: { ipmi_address: bmcAddress } };
    const { uuid } = await client.do('POST /baremetal/v1/nodes', fields);
    await client.do('POST /baremetal/v1/ports', { node_uuid: uuid, address: macs[0] });
    return uuid;
  }
});

/** Reads one list after the other until it is stopped; gives all answers. */
function reader(client: ServiceClient) {
  const stop = new AbortController();
  const reading = (async () => {
    const answers: ServiceAnswer[] = [];
    while (!stop.signal.aborted) {
      answers.push(await client.ask('GET /v1/introspection'));
      answers.push(await client.ask('GET /baremetal/v1/nodes'));
      await wait(5);
    }
    return answers;
  })();
  return {
    async stop() {
      stop.abort();
      return reading;
    },
  };
}

function statuses(answers: readonly ServiceAnswer[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}
