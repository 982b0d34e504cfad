import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultsOf } from '../config/option.ts';
import { authenticationOf } from './authentication.ts';
import { type CredentialSettings, credentialSectionOptions } from './client-options.ts';

const defaults = defaultsOf({ group: 'swift', options: credentialSectionOptions });
const user = {
  auth_url: 'http://keystone:5000/v3',
  username: 'inspector',
  password: 'secret',
  user_domain_name: 'Default',
};
const project = { project_name: 'service', project_domain_id: 'default' };

function authentication(settings: Partial<CredentialSettings>) {
  return authenticationOf('swift', { ...defaults, ...settings });
}

describe('authenticationOf, without Keystone', () => {
  for (const auth_type of ['none', 'noauth']) {
    it(`sends the word that keystoneauth sends for ${auth_type}`, () => {
      assert.deepEqual(authentication({ auth_type, endpoint: 'http://swift:8080' }), {
        kind: 'fixed',
        headers: { 'x-auth-token': 'notused' },
        endpoint: 'http://swift:8080',
      });
    });
  }

  it('sends name and password with http_basic', () => {
    const found = authentication({ auth_type: 'http_basic', username: 'u', password: 'p:ä' });

    const authorization = `Basic ${Buffer.from('u:p:ä').toString('base64')}`;
    assert.deepEqual(found, { kind: 'fixed', headers: { authorization }, endpoint: null });
  });

  it('sends the token with admin_token', () => {
    const found = authentication({ auth_type: 'admin_token', token: 't', endpoint: 'http://x' });

    assert.deepEqual(found, { kind: 'fixed', headers: { 'x-auth-token': 't' }, endpoint: 'http://x' });
  });
});

describe('authenticationOf, with Keystone', () => {
  const byPassword = {
    methods: ['password'],
    password: { user: { name: 'inspector', domain: { name: 'Default' }, password: 'secret' } },
  };
  const cases: readonly (readonly [string, Partial<CredentialSettings>, unknown])[] = [
    ['a user in no scope', user, { identity: byPassword }],
    [
      'a user in a project',
      { ...user, ...project },
      { identity: byPassword, scope: { project: { name: 'service', domain: { id: 'default' } } } },
    ],
    [
      'a user and a project by their IDs',
      { ...user, username: null, user_id: 'u1', project_id: 'p1' },
      {
        identity: { methods: ['password'], password: { user: { id: 'u1', password: 'secret' } } },
        scope: { project: { id: 'p1' } },
      },
    ],
    [
      'the default domain',
      { ...user, user_domain_name: null, default_domain_id: 'd1', project_name: 'service' },
      {
        identity: {
          methods: ['password'],
          password: { user: { name: 'inspector', domain: { id: 'd1' }, password: 'secret' } },
        },
        scope: { project: { name: 'service', domain: { id: 'd1' } } },
      },
    ],
    ['a domain', { ...user, domain_name: 'D' }, { identity: byPassword, scope: { domain: { name: 'D' } } }],
    [
      'the system',
      { ...user, system_scope: 'all' },
      { identity: byPassword, scope: { system: { all: true } } },
    ],
    [
      'a trust',
      { ...user, trust_id: 't1' },
      { identity: byPassword, scope: { 'OS-TRUST:trust': { id: 't1' } } },
    ],
    [
      'a token',
      { ...user, auth_type: 'v3token', token: 't', ...project },
      {
        identity: { methods: ['token'], token: { id: 't' } },
        scope: { project: { name: 'service', domain: { id: 'default' } } },
      },
    ],
    [
      'an application credential',
      {
        auth_type: 'v3applicationcredential',
        auth_url: user.auth_url,
        application_credential_id: 'a1',
        application_credential_secret: 's',
        ...project,
      },
      {
        identity: { methods: ['application_credential'], application_credential: { id: 'a1', secret: 's' } },
      },
    ],
    [
      'an application credential by its name',
      {
        ...user,
        auth_type: 'v3applicationcredential',
        application_credential_name: 'a',
        application_credential_secret: 's',
      },
      {
        identity: {
          methods: ['application_credential'],
          application_credential: {
            name: 'a',
            user: { name: 'inspector', domain: { name: 'Default' } },
            secret: 's',
          },
        },
      },
    ],
  ];
  for (const [what, settings, auth] of cases) {
    it(`asks for a token with ${what}`, () => {
      assert.deepEqual(authentication(settings), {
        kind: 'token',
        authUrl: 'http://keystone:5000/v3',
        body: { auth },
      });
    });
  }
});

describe('authenticationOf, with a wrong configuration', () => {
  const cases: readonly (readonly [Partial<CredentialSettings>, RegExp])[] = [
    [{ auth_type: 'v3oidcpassword' }, /^\[swift\]auth_type: expected one of none, .*got "v3oidcpassword"$/],
    [{ ...user, auth_url: null }, /^\[swift\]auth_url: expected a value, as auth_type is password$/],
    [{ ...user, auth_url: 'keystone:5000' }, /^\[swift\]auth_url: expected an http or https URL$/],
    [{ ...user, username: '' }, /^\[swift\]username: expected a value/],
    [{ ...user, password: null }, /^\[swift\]password: expected a value/],
    [{ ...user, user_domain_name: null }, /^\[swift\]user_domain_name: expected it or user_domain_id/],
    [{ ...user, project_name: 'p' }, /^\[swift\]project_domain_name: expected it or project_domain_id/],
    [{ ...user, ...project, system_scope: 'all' }, /expected one scope, got project_name and system_scope$/],
    [{ ...user, project_id: 'p', domain_id: 'd' }, /expected one scope, got project_id and domain_id$/],
    [{ ...user, system_scope: 'some' }, /^\[swift\]system_scope: expected all, got "some"$/],
    [{ ...user, auth_type: 'token' }, /^\[swift\]token: expected a value, as auth_type is token$/],
    [{ auth_type: 'http_basic' }, /^\[swift\]username: expected a value, as auth_type is http_basic$/],
    [
      { ...user, auth_type: 'v3applicationcredential' },
      /^\[swift\]application_credential_id: expected it or application_credential_name/,
    ],
    [
      { ...user, auth_type: 'v3applicationcredential', application_credential_id: 'a' },
      /^\[swift\]application_credential_secret: expected a value/,
    ],
  ];
  for (const [settings, message] of cases) {
    it(`says ${message.source}`, () => {
      assert.throws(() => authentication(settings), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  it('does not show a secret', () => {
    const settings = { ...user, password: 'hunter2', project_name: 'p' };

    assert.throws(
      () => authentication(settings),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });
});
