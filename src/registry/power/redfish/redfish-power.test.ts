import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loopbackCertificate } from '../../../../testing/loopback-certificate.ts';
import { nodeDocument } from '../../../../testing/node-document-builder.ts';
import { type RedfishTraits, redfishEmulator } from '../../../../testing/redfish-emulator.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import { redfishPower } from './redfish-power.ts';

const login = { username: 'admin', password: 'secret' };
const loginInfo = { redfish_username: 'admin', redfish_password: 'secret' };

const driver = redfishPower({ request: 60_000, change: 40, poll: 5 });

async function bmc(t: TestContext, traits: RedfishTraits = {}, info: JsonObject = {}) {
  const emulator = await redfishEmulator(traits);
  t.after(() => emulator.close());
  const driver_info = { redfish_address: emulator.address, redfish_verify_ca: false, ...info };
  return { emulator, node: nodeDocument({ driver: 'redfish', driver_info }) };
}

describe('power over Redfish', () => {
  const cases = [
    { request: 'power on', from: 'Off', resets: ['On'], to: 'power on' },
    { request: 'power on', from: 'On', resets: [], to: 'power on' },
    { request: 'power off', from: 'On', resets: ['ForceOff'], to: 'power off' },
    { request: 'power off', from: 'Off', resets: [], to: 'power off' },
    { request: 'rebooting', from: 'On', resets: ['ForceRestart'], to: 'power on' },
    { request: 'rebooting', from: 'Off', resets: ['On'], to: 'power on' },
    { request: 'soft power off', from: 'On', resets: ['GracefulShutdown'], to: 'power off' },
    { request: 'soft rebooting', from: 'On', resets: ['GracefulRestart'], to: 'power on' },
  ] as const;
  for (const { request, from, resets, to } of cases) {
    it(`brings a machine that is ${from} to '${to}' by '${request}'`, async (t) => {
      const { emulator, node } = await bmc(t);
      emulator.state.power = from;

      const state = await driver.setPower(node, request);

      assert.equal(state, to);
      assert.deepEqual(emulator.resets, resets);
      assert.equal(await driver.readPower(node), to);
    });
  }

  it('waits until the machine has got there', async (t) => {
    const { emulator, node } = await bmc(t, { slowness: 3 });

    await driver.setPower(node, 'power on');

    assert.equal(emulator.state.power, 'On');
  });

  it('gives up on a machine that does not get there', async (t) => {
    const { node } = await bmc(t, { slowness: 1000 });

    await assert.rejects(driver.setPower(node, 'power on'), {
      kind: 'unavailable',
      message: `Redfish: /redfish/v1/Systems/1 is in PowerState "Off" after 0.04 s, expected 'power on'`,
    });
  });

  it('waits for as long as it is told', async (t) => {
    const { emulator, node } = await bmc(t, { slowness: 20 });

    await driver.setPower(node, 'power on', 5);

    assert.equal(emulator.state.power, 'On');
  });

  for (const resetTypesIn of ['action', 'action-info'] as const) {
    it(`takes the next best reset of those offered in the ${resetTypesIn}`, async (t) => {
      const { emulator, node } = await bmc(t, { resetTypesIn, resetTypes: ['ForceOn', 'PowerCycle'] });

      await driver.setPower(node, 'power on');
      await driver.setPower(node, 'rebooting');

      assert.deepEqual(emulator.resets, ['ForceOn', 'PowerCycle']);
    });
  }

  it('takes the usual reset where the BMC does not say what it offers', async (t) => {
    const { emulator, node } = await bmc(t, { resetTypesIn: 'nowhere' });

    await driver.setPower(node, 'power on');

    assert.deepEqual(emulator.resets, ['On']);
  });

  it('says which resets there are when none fits', async (t) => {
    const { node } = await bmc(t, { resetTypes: ['Nmi'] });

    await assert.rejects(driver.setPower(node, 'power on'), {
      kind: 'invalid',
      message:
        "Redfish: /redfish/v1/Systems/1 offers the resets Nmi, expected one of On, ForceOn for 'power on'",
    });
  });

  it('posts to the usual place when the system names none', async (t) => {
    const path = '/redfish/v1/Systems/1';
    const { emulator, node } = await bmc(t, {
      answers: { [`GET ${path}`]: { status: 200, body: { PowerState: 'On' } } },
    });

    await driver.setPower(node, 'rebooting');

    assert.ok(emulator.requests.includes(`POST ${path}/Actions/ComputerSystem.Reset`));
  });

  it('cannot tell the power of a machine that is neither on nor off', async (t) => {
    const { emulator, node } = await bmc(t);
    emulator.state.power = 'Paused';

    assert.equal(await driver.readPower(node), null);
  });
});

describe('the boot device over Redfish', () => {
  it('boots from the network once', async (t) => {
    const { emulator, node } = await bmc(t);

    await driver.setBootDevice(node, { device: 'pxe', persistent: false });

    assert.deepEqual(emulator.state.boot, {
      BootSourceOverrideTarget: 'Pxe',
      BootSourceOverrideEnabled: 'Once',
    });
    assert.deepEqual(await driver.readBootDevice?.(node), { device: 'pxe', persistent: false });
  });

  it('boots from the disk from now on', async (t) => {
    const { emulator, node } = await bmc(t, { bootTargets: ['Pxe', 'Hdd'] });

    await driver.setBootDevice(node, { device: 'disk', persistent: true });

    assert.equal(emulator.state.boot.BootSourceOverrideEnabled, 'Continuous');
    assert.deepEqual(await driver.readBootDevice?.(node), { device: 'disk', persistent: true });
  });

  it('knows of no boot device where nothing is overridden', async (t) => {
    const { node } = await bmc(t);

    assert.equal(await driver.readBootDevice?.(node), null);
  });

  it('names the devices there are when the wanted one is missing', async (t) => {
    const { node } = await bmc(t, { bootTargets: ['Hdd'] });

    await assert.rejects(driver.setBootDevice(node, { device: 'pxe', persistent: false }), {
      kind: 'invalid',
      message: 'Redfish: /redfish/v1/Systems/1 boots from Hdd, expected Pxe among them',
    });
  });

  it('reads the system again when its entity tag does not match, and gives up after that', async (t) => {
    const path = '/redfish/v1/Systems/1';
    const { emulator, node } = await bmc(t, { answers: { [`PATCH ${path}`]: { status: 412 } } });

    await assert.rejects(
      driver.setBootDevice(node, { device: 'pxe', persistent: false }),
      /was answered with 412/,
    );

    const calls = emulator.requests.filter((request) => request.endsWith(path));
    assert.deepEqual(calls, [`GET ${path}`, `PATCH ${path}`, `GET ${path}`, `PATCH ${path}`]);
  });

  it('passes on why the BMC refuses', async (t) => {
    const message = 'The value is not in the list.';
    const body = { error: { message: 'general', '@Message.ExtendedInfo': [{ Message: message }] } };
    const { node } = await bmc(t, { answers: { 'PATCH /redfish/v1/Systems/1': { status: 400, body } } });

    await assert.rejects(driver.setBootDevice(node, { device: 'pxe', persistent: false }), {
      kind: 'invalid',
      message: `Redfish: PATCH /redfish/v1/Systems/1 was answered with 400: ${message}`,
    });
  });
});

describe('the way to a BMC', () => {
  it('opens a session and ends it', async (t) => {
    const { emulator, node } = await bmc(t, { login }, loginInfo);

    assert.equal(await driver.readPower(node), 'power off');

    assert.equal(emulator.sessions.size, 0);
    assert.ok(emulator.requests.includes('DELETE /redfish/v1/SessionService/Sessions/1'));
  });

  it('takes Basic where there are no sessions', async (t) => {
    const { emulator, node } = await bmc(t, { login, sessions: false }, loginInfo);

    assert.equal(await driver.readPower(node), 'power off');

    assert.ok(!emulator.requests.some((request) => request.startsWith('POST')));
  });

  it('takes Basic where the sessions are used up', async (t) => {
    const answers = { 'POST /redfish/v1/SessionService/Sessions': { status: 503 } };
    const { node } = await bmc(t, { login, answers }, loginInfo);

    assert.equal(await driver.readPower(node), 'power off');
  });

  it('takes nothing but a session when it is told so', async (t) => {
    const answers = { 'POST /redfish/v1/SessionService/Sessions': { status: 503 } };
    const { node } = await bmc(
      t,
      { login, answers, sessions: false },
      { ...loginInfo, redfish_auth_type: 'session' },
    );

    await assert.rejects(driver.readPower(node), {
      kind: 'unavailable',
      message: 'Redfish: POST /redfish/v1/SessionService/Sessions was answered with 503',
    });
  });

  it('does not even look for sessions with Basic', async (t) => {
    const { emulator, node } = await bmc(t, { login }, { ...loginInfo, redfish_auth_type: 'basic' });

    await driver.readPower(node);

    assert.deepEqual(emulator.requests.slice(0, 2), ['GET /redfish/v1/', 'GET /redfish/v1/Systems']);
  });

  it('says that the login is wrong, and does not try it again', async (t) => {
    const { emulator, node } = await bmc(t, { login }, { ...loginInfo, redfish_password: 'wrong' });

    await assert.rejects(driver.readPower(node), {
      kind: 'invalid',
      message:
        'Redfish: POST /redfish/v1/SessionService/Sessions was answered with 401. Check redfish_username and redfish_password',
    });

    assert.equal(emulator.requests.length, 2);
  });

  it('does its work even when the session cannot be ended', async (t) => {
    const headers = { 'x-auth-token': 'token', location: 'https://elsewhere.invalid/session' };
    const answers = { 'POST /redfish/v1/SessionService/Sessions': { status: 201, headers } };
    const { node } = await bmc(t, { answers }, loginInfo);

    assert.equal(await driver.readPower(node), 'power off');
  });

  it('asks for the system by its path', async (t) => {
    const { emulator, node } = await bmc(
      t,
      { systems: ['/redfish/v1/Systems/1', '/redfish/v1/Systems/2'] },
      { redfish_system_id: 'redfish/v1/Systems/2' },
    );

    await driver.readPower(node);

    assert.deepEqual(emulator.requests, ['GET /redfish/v1/Systems/2']);
  });

  it('asks which system is meant when there are several', async (t) => {
    const { node } = await bmc(t, { systems: ['/redfish/v1/Systems/1', '/redfish/v1/Systems/2'] });

    await assert.rejects(driver.readPower(node), {
      kind: 'invalid',
      message:
        'driver_info has no redfish_system_id and the BMC has 2 systems: expected one of /redfish/v1/Systems/1, /redfish/v1/Systems/2',
    });
  });

  it('does not trust a certificate that nobody vouches for', async (t) => {
    const { emulator, node } = await bmc(t, {}, { redfish_verify_ca: true });

    await assert.rejects(
      driver.readPower(node),
      /^InspectorError: Redfish: GET https:.* failed: self-signed certificate/,
    );
    assert.deepEqual(emulator.requests, []);
  });

  it('trusts a certificate that the given authorities vouch for', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'redfish-'));
    t.after(() => rm(folder, { recursive: true }));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, loopbackCertificate.cert);
    const { node } = await bmc(t, {}, { redfish_verify_ca: caFile });

    assert.equal(await driver.readPower(node), 'power off');
  });

  it('says when the file with the authorities is missing', async (t) => {
    const { node } = await bmc(t, {}, { redfish_verify_ca: '/no/such/file.pem' });

    await assert.rejects(driver.readPower(node), {
      kind: 'invalid',
      message: /redfish_verify_ca: the file cannot be read/,
    });
  });

  it('works without TLS where the address says so', async (t) => {
    const { node } = await bmc(t, { tls: false });

    assert.equal(await driver.readPower(node), 'power off');
  });

  it('follows a redirect on the same BMC', async (t) => {
    const answers = {
      'GET /redfish/v1/Systems/1': { status: 308, headers: { location: '/redfish/v1/Systems/2' } },
    };
    const { node } = await bmc(
      t,
      { answers, systems: ['/redfish/v1/Systems/2'] },
      { redfish_system_id: '/redfish/v1/Systems/1' },
    );

    assert.equal(await driver.readPower(node), 'power off');
  });

  it('does not follow a redirect to another place', async (t) => {
    const elsewhere = await redfishEmulator({ tls: false });
    t.after(() => elsewhere.close());
    const location = `${elsewhere.address}/redfish/v1/Systems/1`;
    const answers = { 'GET /redfish/v1/Systems': { status: 302, headers: { location } } };
    const { emulator, node } = await bmc(t, { answers });

    await assert.rejects(driver.readPower(node), {
      kind: 'invalid',
      message: `Redfish: expected a path on ${emulator.address}, got ${location}`,
    });
    assert.deepEqual(elsewhere.requests, []);
  });

  it('does not follow redirects for ever', async (t) => {
    const answers = {
      'GET /redfish/v1/Systems': { status: 302, headers: { location: '/redfish/v1/Systems' } },
    };
    const { emulator, node } = await bmc(t, { answers });

    await assert.rejects(driver.readPower(node));
    assert.equal(emulator.requests.length, 5);
  });

  it('makes do with an answer that is no JSON', async (t) => {
    const { node } = await bmc(t, {
      answers: { 'GET /redfish/v1/Systems': { status: 200, body: '<html>' } },
    });

    await assert.rejects(driver.readPower(node), /the BMC has 0 systems/);
  });

  it('does not wait for ever', async (t) => {
    const { node } = await bmc(t);
    const hasty = redfishPower({ request: 1, change: 1, poll: 1 });

    await assert.rejects(hasty.readPower(node), { kind: 'unavailable', message: /failed: / });
  });

  it('says that nothing listens', async (t) => {
    const { emulator, node } = await bmc(t);
    await emulator.close();

    await assert.rejects(driver.readPower(node), { kind: 'unavailable', message: /ECONNREFUSED/ });
  });
});
