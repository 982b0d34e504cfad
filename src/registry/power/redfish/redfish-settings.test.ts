// Shows these lines of docs/compatibility.md: redfish-login-in-clear.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redfishSettings } from './redfish-settings.ts';

const address = { redfish_address: 'https://192.0.2.7' };

describe('redfishSettings', () => {
  it('needs no more than an address', () => {
    assert.deepEqual(redfishSettings({ redfish_address: '192.0.2.7' }), {
      origin: 'https://192.0.2.7',
      systemPath: null,
      login: null,
      authType: 'auto',
      verify: true,
    });
  });

  for (const [given, origin] of [
    ['https://192.0.2.7/', 'https://192.0.2.7'],
    ['http://bmc.example:8000/redfish/v1', 'http://bmc.example:8000'],
    ['[2001:db8::1]', 'https://[2001:db8::1]'],
    ['bmc.example:444', 'https://bmc.example:444'],
  ] as const) {
    it(`reads the address ${given}`, () => {
      assert.equal(redfishSettings({ redfish_address: given }).origin, origin);
    });
  }

  for (const given of [
    'ftp://192.0.2.7',
    'https://',
    'https://192.0.2.7/path',
    'https://192.0.2.7/?a=b',
    'a b',
    5,
  ]) {
    it(`refuses the address ${given}`, () => {
      assert.throws(() => redfishSettings({ redfish_address: given }), {
        kind: 'invalid',
        message: /redfish_address: expected/,
      });
    });
  }

  it('asks for an address', () => {
    assert.throws(() => redfishSettings({}), {
      kind: 'invalid',
      message: 'driver_info has no redfish_address: expected the URL of the BMC, such as https://192.0.2.7',
    });
  });

  it('keeps a password out of the address and out of the message', () => {
    assert.throws(
      () => redfishSettings({ redfish_address: 'https://admin:hidden@192.0.2.7' }),
      (error: Error) => {
        assert.match(error.message, /redfish_username and redfish_password/);
        assert.doesNotMatch(error.message, /hidden/);
        return true;
      },
    );
  });

  it('reads the system with and without a slash', () => {
    for (const id of ['redfish/v1/Systems/a-1', '/redfish/v1/Systems/a-1']) {
      assert.equal(
        redfishSettings({ ...address, redfish_system_id: id }).systemPath,
        '/redfish/v1/Systems/a-1',
      );
    }
  });

  for (const id of [
    '1',
    '/redfish/v1/Systems/../x',
    'https://elsewhere/redfish/v1/Systems/1',
    '//elsewhere/x',
  ]) {
    it(`refuses the system ${id}`, () => {
      assert.throws(
        () => redfishSettings({ ...address, redfish_system_id: id }),
        /redfish_system_id: expected the path/,
      );
    });
  }

  it('takes a user without a password, and not the other way round', () => {
    assert.deepEqual(redfishSettings({ ...address, redfish_username: 'u' }).login, {
      username: 'u',
      password: '',
    });
    assert.throws(() => redfishSettings({ ...address, redfish_password: 'p' }), /expected both or none/);
  });

  it('does not send a login in clear text', () => {
    const inClear = {
      redfish_address: 'HTTP://192.0.2.7',
      redfish_username: 'u',
      redfish_password: 'hidden',
    };

    assert.throws(() => redfishSettings(inClear), {
      kind: 'invalid',
      message:
        'driver_info/redfish_address: expected https, since http would send the login in clear text: use https, or leave out redfish_username and redfish_password',
    });
    assert.equal(redfishSettings({ redfish_address: 'HTTP://192.0.2.7' }).login, null);
  });

  it('reads words for booleans, and a file', () => {
    assert.equal(redfishSettings({ ...address, redfish_verify_ca: 'False' }).verify, false);
    assert.equal(redfishSettings({ ...address, redfish_verify_ca: 'yes' }).verify, true);
    assert.equal(redfishSettings({ ...address, redfish_verify_ca: true }).verify, true);
    assert.deepEqual(redfishSettings({ ...address, redfish_verify_ca: '/ca.pem' }).verify, {
      caFile: '/ca.pem',
    });
  });

  for (const value of ['ca.pem', 7, {}]) {
    it(`refuses ${JSON.stringify(value)} for redfish_verify_ca`, () => {
      assert.throws(
        () => redfishSettings({ ...address, redfish_verify_ca: value }),
        /redfish_verify_ca: expected true, false/,
      );
    });
  }

  it('knows three ways to authenticate', () => {
    assert.equal(redfishSettings({ ...address, redfish_auth_type: 'basic' }).authType, 'basic');
    assert.throws(
      () => redfishSettings({ ...address, redfish_auth_type: 'none' }),
      /expected auto, session or basic/,
    );
  });
});
