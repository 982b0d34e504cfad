import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { fakePower } from '../bmc/fake-power.ts';
import { fleetBmcs, systemPath } from './fleet-bmcs.ts';

async function bmcs(t: TestContext) {
  const powers = [fakePower(), fakePower(), fakePower()];
  const server = fleetBmcs(powers).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (call: string, body?: unknown) => {
    const [method = '', path = ''] = call.split(' ');
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { connection: 'close' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { powers, ask };
}

describe('fleetBmcs', () => {
  it('leads from the root to each machine', async (t) => {
    const { ask } = await bmcs(t);

    const { body: root } = await ask('GET /redfish/v1/');
    const { body: systems } = await ask(`GET ${root.Systems['@odata.id']}`);
    const paths = systems.Members.map((member: any) => member['@odata.id']);

    assert.deepEqual(paths, [0, 1, 2].map(systemPath));
    const { body: system } = await ask(`GET ${paths[2]}`);
    assert.deepEqual([system['@odata.id'], system.Id, system.PowerState], [paths[2], '2', 'Off']);
  });

  it('switches the machine that is meant, by the action that it names', async (t) => {
    const { ask, powers } = await bmcs(t);
    const { body: system } = await ask(`GET ${systemPath(1)}`);

    const { status } = await ask(`POST ${system.Actions['#ComputerSystem.Reset'].target}`, {
      ResetType: 'On',
    });

    assert.equal(status, 204);
    assert.deepEqual(
      powers.map(({ calls }) => calls),
      [[], ['on'], []],
    );
    assert.equal((await ask(`GET ${systemPath(1)}`)).body.PowerState, 'On');
  });

  it('keeps the boot device of each', async (t) => {
    const { ask, powers } = await bmcs(t);
    const boot = { BootSourceOverrideTarget: 'Pxe', BootSourceOverrideEnabled: 'Once' };

    assert.equal((await ask(`PATCH ${systemPath(2)}`, { Boot: boot })).status, 204);

    assert.deepEqual(
      powers.map((power) => power.boot().device),
      ['default', 'default', 'pxe'],
    );
  });

  it('refuses what it does not understand', async (t) => {
    const { ask } = await bmcs(t);
    const reset = `${systemPath(0)}/Actions/ComputerSystem.Reset`;
    const refusals: readonly (readonly [string, unknown, number])[] = [
      [`GET ${systemPath(3)}`, undefined, 404],
      ['GET /redfish/v1/Chassis', undefined, 404],
      [`GET ${reset}`, undefined, 400],
      [`PUT ${systemPath(0)}`, {}, 405],
      [`POST ${reset}`, { ResetType: 'Nmi' }, 400],
      [`POST ${reset}`, [], 400],
      [`POST ${reset}`, 'odd', 400],
      [`PATCH ${systemPath(0)}`, {}, 400],
      [`PATCH ${systemPath(0)}`, { Boot: { BootSourceOverrideTarget: 'Cd' } }, 400],
    ];

    for (const [call, body, status] of refusals) assert.equal((await ask(call, body)).status, status, call);
  });
});
