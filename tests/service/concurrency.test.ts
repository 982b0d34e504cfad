import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { eventually, type ServiceAnswer } from '../../testing/service-client.ts';

const many = 200;

describe(`${many} machines at once`, () => {
  let service: RunningService;
  const machines = Array.from({ length: many }, (_, number) => numberedMachine(number));

  before(async () => {
    service = await runningService();
  });
  after(async () => assert.equal(await service.stop(), true));

  it('are started, call back and finish, while somebody reads all the time', async () => {
    const { client, rows } = service;
    const uuids = await Promise.all(machines.map((machine) => createNode(machine)));
    const reading = reader(service);

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
    const complaints = service.log.lines.filter((line) => /locked|5\d\d  len/.test(line));
    assert.deepEqual(complaints, []);
  });

  it('are introspected again, restarted, aborted and read without trouble', async () => {
    const { client, rows } = service;
    const uuids = rows.all('SELECT uuid FROM nodes LIMIT 100').map(({ uuid }) => String(uuid));

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

  async function createNode(machine: NumberedMachine): Promise<string> {
    const fields = { driver_info: { ipmi_address: machine.bmcAddress } };
    return service.client.createNode(fields, [machine.macs[0]]);
  }
});

/** Reads one list after the other until it is stopped; gives all answers. */
function reader({ client }: RunningService) {
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
