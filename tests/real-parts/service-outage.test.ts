// Shows these lines of docs/compatibility.md: outage-survived.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { skipWithout } from '../../testing/debian-packages.ts';
import { numberedMachine } from '../../testing/numbered-machine.ts';
import { type Successor, startSuccessor } from '../../testing/original-successor.ts';
import { privateMariadb } from '../../testing/private-mariadb.ts';
import { privatePostgresql } from '../../testing/private-postgresql.ts';
import type { PrivateServer } from '../../testing/private-server.ts';
import { eventually, type ServiceAnswer } from '../../testing/service-client.ts';
import { upgradedDatabase } from '../../testing/upgraded-database.ts';

const skip = skipWithout(['postgresql', 'mariadb-server']);

const machines = Array.from({ length: 24 }, (_, index) => numberedMachine(index + 1));

/** As the agent does it: again on 5xx, on 409, and when nobody answers. */
async function posted(service: Successor, number: number): Promise<ServiceAnswer> {
  const data = machines[number]?.data() ?? {};
  for (let attempt = 1; ; attempt++) {
    const answer = await service.client.callBack(data).catch(() => undefined);
    if (answer !== undefined && answer.status < 409) return answer;
    if (attempt === 400) throw new Error(`not taken: ${answer?.status} ${answer?.text}`);
    await wait(500);
  }
}

for (const [name, start] of [
  ['PostgreSQL', privatePostgresql],
  ['MariaDB', privateMariadb],
] as const) {
  describe(`the service while ${name} is killed and comes back`, { skip }, () => {
    let server: PrivateServer;
    let service: Successor;
    const uuids: string[] = [];

    before(async () => {
      server = await start({ durable: true });
      await upgradedDatabase(server.connection());
      service = await startSuccessor(server.connection(), 'pool_timeout = 3');
      for (const { macs } of machines) {
        uuids.push(await service.client.createNode({}, [macs[0]]));
      }
      for (const uuid of uuids) await service.client.start(uuid);
    });

    after(async () => {
      await service?.stop();
      await server?.stop();
    });

    it('takes every callback once, and finishes every introspection', async () => {
      const callbacks = machines.map((_, number) => posted(service, number));
      await wait(150);
      await server.kill();
      await wait(1000);
      await server.start();
      const answers = await Promise.all(callbacks);

      assert.deepEqual(
        answers.map(({ status, text }) => [status, text]).filter(([status]) => status !== 200),
        [],
      );
      for (const [number, uuid] of uuids.entries()) {
        assert.deepEqual(answers[number]?.body, { uuid });
        const status = await eventually(
          () => service.client.introspection(uuid),
          ({ finished }) => finished,
        );
        assert.deepEqual([status.state, status.error], ['finished', null]);
        assert.equal((await service.client.portsOf(uuid)).length, 1);
        assert.equal((await service.client.node(uuid)).properties.cpus, '48');
      }
    });

    it('answers 503 with the reason while it is away, and 200 again afterwards', async () => {
      await server.kill();
      const away = await service.client.ask(`GET /v1/introspection/${uuids[0]}`);
      await server.start();
      const back = await eventually(
        () => service.client.ask(`GET /v1/introspection/${uuids[0]}`),
        ({ status }) => status !== 503,
      );

      assert.equal(away.status, 503);
      assert.match(away.message ?? '', new RegExp(`127\\.0\\.0\\.1:${server.port}`));
      assert.doesNotMatch(away.text, /openstack_citest:/);
      assert.equal(back.status, 200);
    });
  });
}
