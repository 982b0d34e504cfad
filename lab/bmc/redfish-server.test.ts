import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { fakePower } from './fake-power.ts';
import { redfishServer } from './redfish-server.ts';

const account = { username: 'admin', password: 'secret' };
const basic = { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` };
const system = '/redfish/v1/Systems/1';
const reset = `${system}/Actions/ComputerSystem.Reset`;

async function bmc(t: TestContext, power = fakePower()) {
  const machine = {
    name: 'node-1',
    uuid: '11111111-2222-3333-4444-555555555555',
    firmware: 'uefi',
    power,
  } as const;
  const server = redfishServer(machine, account).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (call: string, body?: unknown, headers: Record<string, string> = basic) => {
    const [method = '', path] = call.split(' ');
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { ...headers, connection: 'close' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return { power, ask };
}

describe('redfishServer', () => {
  it('leads from the root to the machine', async (t) => {
    const { ask } = await bmc(t);

    const root = await ask('GET /redfish/v1/', undefined, {});
    const systems = await ask(`GET ${root.body.Systems['@odata.id']}`);
    const { body } = await ask(`GET ${systems.body.Members[0]['@odata.id']}`);

    assert.equal((await ask('GET /redfish', undefined, {})).body.v1, '/redfish/v1/');
    assert.equal(body.Name, 'node-1');
    assert.equal(body.PowerState, 'Off');
    assert.equal(body.Boot.BootSourceOverrideEnabled, 'Disabled');
    assert.equal(body.Boot.BootSourceOverrideMode, 'UEFI');
    assert.equal(body.Actions['#ComputerSystem.Reset'].target, reset);
  });

  it('resets in every way that it lists', async (t) => {
    const { ask, power } = await bmc(t);
    const { body } = await ask(`GET ${system}`);

    for (const type of body.Actions['#ComputerSystem.Reset']['ResetType@Redfish.AllowableValues']) {
      assert.equal((await ask(`POST ${reset}`, { ResetType: type })).status, 204);
    }

    assert.deepEqual(power.calls, ['on', 'on', 'off', 'off', 'reset', 'reset', 'reset']);
    assert.equal((await ask(`GET ${system}`)).body.PowerState, 'On');
  });

  it('keeps a boot device for one start, for all, or gives it up', async (t) => {
    const { ask, power } = await bmc(t);
    const change = (target: string | undefined, enabled?: string) =>
      ask(`PATCH ${system}`, {
        Boot: {
          BootSourceOverrideTarget: target,
          BootSourceOverrideEnabled: enabled,
          BootSourceOverrideMode: 'UEFI',
        },
      });

    await change('Pxe', 'Once');
    assert.deepEqual(power.boot(), { device: 'pxe', once: true });
    assert.equal((await ask(`GET ${system}`)).body.Boot.BootSourceOverrideEnabled, 'Once');
    await change('Hdd', 'Continuous');
    assert.deepEqual(power.boot(), { device: 'disk', once: false });
    assert.equal((await ask(`GET ${system}`)).body.Boot.BootSourceOverrideEnabled, 'Continuous');
    await change('Pxe');
    assert.deepEqual(power.boot(), { device: 'pxe', once: false });
    await change(undefined, 'Disabled');
    assert.deepEqual(power.boot(), { device: 'default', once: false });
  });

  it('takes the token of a session until it is closed', async (t) => {
    const { ask } = await bmc(t);
    const login = { UserName: 'admin', Password: 'secret' };

    const opened = await ask('POST /redfish/v1/SessionService/Sessions', login, {});
    const token = { 'x-auth-token': opened.headers.get('x-auth-token') ?? '' };
    const session = opened.headers.get('location') ?? '';

    assert.equal(opened.status, 201);
    assert.equal((await ask('GET /redfish/v1/SessionService', undefined, token)).body.ServiceEnabled, true);
    const sessions = await ask('GET /redfish/v1/SessionService/Sessions', undefined, token);
    assert.deepEqual(sessions.body.Members, [{ '@odata.id': session }]);
    assert.equal((await ask(`DELETE ${session}`, undefined, token)).status, 204);
    assert.equal((await ask(`GET ${system}`, undefined, token)).status, 401);
  });

  it('lets nobody else in', async (t) => {
    const { ask } = await bmc(t);
    const wrong = { authorization: `Basic ${Buffer.from('admin:guess').toString('base64')}` };

    assert.equal((await ask(`GET ${system}`, undefined, {})).status, 401);
    assert.equal((await ask(`GET ${system}`, undefined, wrong)).status, 401);
    assert.equal((await ask(`GET ${system}`, undefined, { 'x-auth-token': 'undefined' })).status, 401);
    const login = await ask('POST /redfish/v1/SessionService/Sessions', { UserName: 'admin' }, {});
    assert.equal(login.status, 401);
  });

  it('refuses what it does not understand, and says what it expects', async (t) => {
    const { ask, power } = await bmc(t);
    const refusals = [
      [`POST ${reset}`, { ResetType: 'Nmi' }, /Expected one of On, /],
      [`POST ${reset}`, { ResetType: 'toString' }, /Expected one of On, /],
      [`POST ${reset}`, '[]', /Expected a JSON object/],
      [`PATCH ${system}`, 'odd', /Expected a JSON object/],
      [`PATCH ${system}`, {}, /Expected an object Boot/],
      [`PATCH ${system}`, { Boot: { BootSourceOverrideTarget: 'Cd' } }, /one of None, Pxe, Hdd .* got "Cd"/],
      [
        `PATCH ${system}`,
        { Boot: { BootSourceOverrideEnabled: 1 } },
        /Once, Continuous or Disabled .* got 1/,
      ],
    ] as const;

    for (const [call, body, message] of refusals) {
      const answer = await ask(call, body);
      assert.equal(answer.status, 400, call);
      assert.match(answer.body.error.message, message);
    }
    assert.equal((await ask('GET /redfish/v1/Chassis')).status, 404);
    assert.equal((await ask('DELETE /redfish/v1/SessionService/Sessions/none')).status, 404);
    assert.deepEqual(power.calls, []);
  });

  it('tells why a machine does not start', async (t) => {
    const on = async () => {
      throw new Error('no tap');
    };
    const { ask } = await bmc(t, { ...fakePower(), on });

    const answer = await ask(`POST ${reset}`, { ResetType: 'On' });

    assert.equal(answer.status, 500);
    assert.equal(answer.body.error.message, 'no tap');
  });
});
