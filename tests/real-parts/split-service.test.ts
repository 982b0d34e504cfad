// Shows these lines of docs/compatibility.md: split-errors-kept, split-broker-unavailable, split-lost-work.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { skipWithout } from '../../testing/debian-packages.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { privatePostgresql } from '../../testing/private-postgresql.ts';
import { type PrivateRabbitmq, privateRabbitmq } from '../../testing/private-rabbitmq.ts';
import type { PrivateServer } from '../../testing/private-server.ts';
import {
  type ApiProcess,
  apiProcess,
  conductorProcess,
  type RoleProcess,
  type SplitService,
} from '../../testing/role-process.ts';
import { runningService } from '../../testing/running-service.ts';
import { eventually, type ServiceClient } from '../../testing/service-client.ts';
import { upgradedDatabase } from '../../testing/upgraded-database.ts';

const skip = skipWithout(['postgresql', 'rabbitmq-server']);

const unknown = '6a8f2c1e-4a4d-4f5b-8f0e-2f6d9d2f7c11';

/** Requests of all sorts, most of which are refused; what a client gets to see of each. */
async function answersOf(client: ServiceClient, number: number): Promise<unknown[]> {
  const machine = numberedMachine(number);
  const uuid = await client.createNode({}, [machine.macs[0]]);
  const seen: unknown[] = [];
  const ask = async (line: string, payload?: Parameters<ServiceClient['ask']>[1]) => {
    const { status, text } = await client.ask(line.replaceAll('<uuid>', uuid), payload);
    seen.push([line, status, text.replaceAll(uuid, '<uuid>')]);
  };
  await ask(`POST /v1/introspection/${unknown}`);
  await ask('POST /v1/introspection/no-such-name');
  await ask(`POST /v1/introspection/${unknown}/abort`);
  await ask(`POST /v1/introspection/${unknown}/data/unprocessed`);
  await ask('POST /v1/introspection/<uuid>/data/unprocessed');
  await ask('POST /v1/continue', '[]');
  await ask('POST /v1/continue', numberedMachine(number + 1000).data());
  await ask('POST /v1/continue', numberedMachine(number).data({ inventory: undefined }));
  await ask('POST /v1/introspection/<uuid>?manage_boot=perhaps');
  await ask('POST /v1/introspection/<uuid>?manage_boot=0');
  await ask('POST /v1/introspection/<uuid>');
  // No ramdisk is as quick as that; its addresses are recorded in the background.
  await client.until(uuid, 'waiting');
  await ask('POST /v1/continue', machine.data());
  await client.untilEnded(uuid);
  await ask('POST /v1/continue', machine.data());
  await ask('POST /v1/introspection/<uuid>/abort');
  await ask('POST /v1/introspection/<uuid>/data/unprocessed', { numbers: 1 });
  await client.untilEnded(uuid);
  return seen;
}

/** The dead conductor's lease has to run out before its work is anybody's. */
async function untilWaiting(client: ServiceClient, uuid: string): Promise<void> {
  const deadline = performance.now() + 180_000;
  while ((await client.introspection(uuid)).state !== 'waiting') {
    if (performance.now() > deadline) throw new Error(`${uuid} is not waiting after three minutes`);
    await wait(500);
  }
}

describe('API and conductors in processes of their own', { skip, timeout: 560_000 }, () => {
  let database: PrivateServer;
  let broker: PrivateRabbitmq;
  let service: SplitService;
  let apis: ApiProcess[] = [];
  const conductors = new Map<string, RoleProcess>();
  const client = (index = 0) => (apis[index] as ApiProcess).client;

  before(async () => {
    [database, broker] = await Promise.all([privatePostgresql(), privateRabbitmq()]);
    await upgradedDatabase(database.connection());
    service = {
      connection: database.connection(),
      broker: broker.url,
      configuration: '[DEFAULT]\nintrospection_delay = 0\n[oslo_messaging_rabbit]\nrabbit_interval_max = 2',
    };
    const [one, two, ...started] = await Promise.all([
      conductorProcess(service, 'one.example'),
      conductorProcess(service, 'two.example'),
      apiProcess(service),
      apiProcess(service),
    ]);
    conductors.set('one.example', one).set('two.example', two);
    apis = started;
  });

  after(async () => {
    await Promise.all([...apis, ...conductors.values()].map((role) => role.end('SIGKILL')));
    await broker?.kill();
    await database?.stop();
  });

  it('do every operation, whichever API is asked and whichever conductor does it', async () => {
    for (let number = 1; number <= 12; number++) {
      const [near, far] = number % 2 === 0 ? [client(0), client(1)] : [client(1), client(0)];
      const machine = numberedMachine(number);
      const uuid = await near.createNode({}, [machine.macs[0]]);
      await near.start(uuid);
      const answer = await far.callBack(machine.data());
      const status = await near.untilEnded(uuid);
      const data = await far.do(`GET /v1/introspection/${uuid}/data`);
      const again = await far.ask(`POST /v1/introspection/${uuid}/data/unprocessed`);
      const reapplied = await near.until(uuid, 'finished');

      assert.deepEqual(answer.body, { uuid });
      assert.deepEqual([status.state, status.error], ['finished', null]);
      assert.equal(data.cpus, 48);
      assert.equal(again.status, 202);
      assert.equal(reapplied.error, null);
    }
    for (const [host, role] of conductors) assert.match(role.log(), /Introspection started/, host);
  });

  it('abort, and keep rules that the other API knows', async () => {
    const uuid = await client(0).createNode({}, [numberedMachine(50).macs[0]]);
    await client(1).start(uuid);
    const aborted = await client(0).abort(uuid);
    const status = await client(1).untilEnded(uuid);
    await client(0).do('POST /v1/rules', { uuid: unknown, actions: [{ action: 'fail', message: 'x' }] });
    const rule = await client(1).ask(`GET /v1/rules/${unknown}`);
    const deleted = await client(1).ask('DELETE /v1/rules');

    assert.equal(aborted.status, 202);
    assert.deepEqual([status.state, status.error], ['error', 'Canceled by operator']);
    assert.deepEqual([rule.status, deleted.status], [200, 204]);
  });

  it('answer as one process does', async (t) => {
    const whole = await runningService();
    t.after(() => whole.stop());

    const [expected, answers] = await Promise.all([answersOf(whole.client, 100), answersOf(client(), 100)]);

    assert.deepEqual(answers, expected);
  });

  it('say 503 while the broker is away, and go on by themselves when it is back', async () => {
    const uuid = await client().createNode({}, [numberedMachine(60).macs[0]]);
    await broker.kill();
    const [start, callback, list] = await Promise.all([
      client(0).ask(`POST /v1/introspection/${uuid}`),
      client(1).callBack(numberedMachine(60).data()),
      client(0).ask('GET /v1/introspection'),
    ]);
    await broker.start();
    for (const api of [client(0), client(1)]) {
      for (let waited = 0; ; waited++) {
        const { status, text } = await api.ask(`POST /v1/introspection/${unknown}/abort`);
        if (status === 404) break;
        assert.equal(status, 503, text);
        assert.ok(waited < 240, text);
        await wait(500);
      }
    }
    await client(0).start(uuid);

    assert.deepEqual([start.status, callback.status, list.status], [503, 503, 200]);
    assert.equal(start.message, 'The message broker cannot be used for now, try again later');
  });

  it('take up what a killed conductor was at, and call it no more', async () => {
    const configuration = `${service.configuration}\n[DEFAULT]\nintrospection_delay = 600`;
    const slow = await conductorProcess({ ...service, configuration }, 'slow.example');
    const codes = await Promise.all([...conductors.values()].map((role) => role.end()));
    conductors.clear();
    const [first, second] = [numberedMachine(70), numberedMachine(71)];
    const uuids = [
      await client().createNode({}, [first.macs[0]]),
      await client().createNode({}, [second.macs[0]]),
    ];
    await client().start(uuids[0] ?? '');
    // Its turn to be switched on comes in ten minutes.
    const accepted = await client().ask(`POST /v1/introspection/${uuids[1]}`);
    conductors.set('two.example', await conductorProcess(service, 'two.example'));
    await slow.end('SIGKILL');
    // What is sent before the broker notices gets a 503, as it may have been begun.
    const calls = () =>
      Array.from({ length: 6 }, () => client().ask(`POST /v1/introspection/${unknown}/abort`));
    await eventually(
      () => Promise.all(calls()),
      (answers) => answers.every(({ status }) => status !== 503),
    );
    const passedOver = await Promise.all(calls());
    const inTime = await client(1).callBack(first.data());
    await untilWaiting(client(), uuids[1] ?? '');
    const takenUp = await client(1).callBack(second.data());

    assert.deepEqual(codes, [0, 0]);
    assert.equal(accepted.status, 202);
    assert.deepEqual([...new Set(passedOver.map(({ status }) => status))], [404]);
    assert.deepEqual([inTime.body, takenUp.body], [{ uuid: uuids[0] }, { uuid: uuids[1] }]);
    for (const uuid of uuids) assert.equal((await client().untilEnded(uuid)).error, null);
    assert.match(conductors.get('two.example')?.log() ?? '', /Taking up the start that was interrupted/);
  });

  it('stop in order, and without conductors the API reads only', async () => {
    const codes = await Promise.all([...conductors.values()].map((role) => role.end()));
    conductors.clear();
    const start = await client().ask(`POST /v1/introspection/${unknown}`);
    const callback = await client().callBack(numberedMachine(80).data());
    const list = await client().ask('GET /v1/introspection');
    const ended = await Promise.all(apis.map((role) => role.end()));

    assert.deepEqual(
      codes,
      codes.map(() => 0),
    );
    assert.deepEqual([callback.status, callback.message], [503, 'No available conductor service']);
    assert.deepEqual([start.status, list.status], [503, 200]);
    assert.deepEqual(ended, [0, 0]);
  });
});
