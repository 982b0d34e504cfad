// Shows these lines of docs/compatibility.md: bulk-runs.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type IronicStandIn, ironicStandIn } from '../../testing/ironic-stand-in.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { eventually } from '../../testing/service-client.ts';
import { type ServiceProcess, serviceProcess } from '../../testing/service-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const machines: readonly NumberedMachine[] = Array.from({ length: 40 }, (_, number) =>
  numberedMachine(number),
);

/** A machine as the stand-in's power has it: how often it was switched on, and whether it boots. */
const rebooted = new Map<string, number>();

describe('a bulk run of a service that is killed again and again', { concurrency: 1 }, () => {
  const folder = temporaryFolder().path;
  const numbers = new Map<string, number>();
  let ironic: IronicStandIn;
  let service: ServiceProcess;
  const over = new AbortController();

  const options = () =>
    `[bare_metal]\nservice = ironic\n[ironic]\nauth_type = none\nendpoint_override = ${ironic.url}\n[bulk]\nboot_limit = 12`;

  /** A ramdisk tries until it has an answer, or until the tests are over. */
  async function boot(uuid: string): Promise<void> {
    while (!over.signal.aborted) {
      await wait(50);
      const data = machines[numbers.get(uuid) ?? 0]?.data() ?? {};
      const answer = await service.client.callBack(data).catch(() => undefined);
      if (answer?.status === 200) return;
    }
  }

  before(async () => {
    ironic = await ironicStandIn({
      maxLimit: 7,
      onPower(uuid, target) {
        if (target !== 'rebooting') return;
        rebooted.set(uuid, (rebooted.get(uuid) ?? 0) + 1);
        if (rebooted.get(uuid) === 1) void boot(uuid);
      },
    });
    for (const [number, { bmcAddress, macs }] of machines.entries()) {
      const fields = {
        name: `rack1-${number}`,
        driver: 'ipmi',
        driver_info: { ipmi_address: bmcAddress },
        provision_state: 'manageable',
      };
      numbers.set(ironic.add(fields, [macs[0]]).uuid, number);
    }
    service = await serviceProcess(folder, options());
  });
  after(async () => {
    over.abort();
    await service.end('SIGKILL');
    await ironic.close();
  });

  it('comes to its end, with no node lost and none started twice', async () => {
    const { run, total } = await service.client.do('POST /v1/introspection-runs', {
      selector: { name: 'rack1-*', driver: 'ipmi', never_inspected: true },
    });
    for (const pause of [1100, 700, 1300]) {
      await wait(pause);
      await service.end('SIGKILL');
      service = await serviceProcess(folder, options());
    }

    const ended = await eventually(
      async () => {
        await wait(100);
        return service.client.do(`GET /v1/introspection-runs/${run}`);
      },
      ({ state }) => state !== 'running',
    );
    assert.equal(total, machines.length);
    assert.deepEqual(
      [ended.state, ended.counts.finished, ended.counts.failed],
      ['finished', machines.length, 0],
    );
    const { introspection } = await service.client.do('GET /v1/introspection');
    const states = introspection.map(({ state }: { state: string }) => state);
    assert.deepEqual(states, Array(machines.length).fill('finished'));
  });

  it('has listed nodes page by page, and begun each introspection once', async () => {
    const listings = ironic.requests.filter((line) => line.startsWith('GET /v1/nodes?'));

    assert.ok(listings.length >= 6 && listings.every((line) => line.includes('limit=')), listings.join());
    for (const uuid of numbers.keys()) {
      const { history } = await service.client.do(`GET /v1/introspection/${uuid}/history`);
      assert.equal(history.length, 1);
    }
  });

  it('takes what failed or was never inspected, and says when there is nothing', async () => {
    const { status, message } = await service.client.ask('POST /v1/introspection-runs', {
      selector: { last_failed: true },
    });

    assert.equal(status, 400);
    assert.equal(message, 'Expected at least one node, got none: nothing matches the selection');
  });
});
