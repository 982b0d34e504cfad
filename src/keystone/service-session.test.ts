// Shows these lines of docs/compatibility.md: keystone-stays-where-configured, credentials-checked-at-start,
// client-retries, client-interface.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { clientSettingsWith } from '../../testing/client-settings.ts';
import { type FakeKeystoneSettings, fakeKeystone } from '../../testing/fake-keystone.ts';
import { fakeSwift } from '../../testing/fake-swift.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { ClientSettings } from './client-options.ts';
import { openServiceSession } from './service-session.ts';

const list = { method: 'PUT', path: '/container' } as const;

interface Changes {
  readonly settings?: Partial<ClientSettings>;
  readonly keystone?: FakeKeystoneSettings;
  /** What is put behind Keystone's URL in `auth_url`. */
  readonly authPath?: string;
}

/** A session with a Swift that asks a Keystone about tokens. */
async function session(t: TestContext, { settings, keystone: changes, authPath = '/v3' }: Changes = {}) {
  const clock = settableClock();
  const log = recordingLogger();
  const waits: number[] = [];
  const swift = await fakeSwift((token) => keystone.isValid(token));
  const keystone = await fakeKeystone({ objectStore: `${swift.url}/`, clock, ...changes });
  const opened = openServiceSession({
    section: 'swift',
    settings: clientSettingsWith({ auth_url: `${keystone.url}${authPath}`, ...settings }),
    now: () => clock.now(),
    wait: async (milliseconds) => void waits.push(milliseconds),
    random: () => 1,
    log,
  });
  t.after(() => Promise.all([opened.close(), swift.close(), keystone.close()]));
  return { session: opened, swift, keystone, clock, log, waits };
}

describe('a session', () => {
  it('gets a token and the endpoint from Keystone, once', async (t) => {
    const { session: opened, swift, keystone } = await session(t);

    const answers = await Promise.all(Array.from({ length: 5 }, () => opened.send(list)));
    await opened.send(list);

    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 202, 202, 202, 202],
    );
    assert.equal(await opened.endpoint(), swift.url);
    assert.deepEqual(keystone.tokens, ['token-1']);
    assert.deepEqual(keystone.logins, [
      {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'inspector', domain: { name: 'Default' }, password: 'secret' } },
          },
          scope: { project: { name: 'service', domain: { name: 'Default' } } },
        },
      },
    ]);
    assert.equal(swift.requests[0]?.headers['x-auth-token'], 'token-1');
  });

  for (const authPath of ['', '/', '/v3/', '?x=y']) {
    it(`finds the API v3 of Keystone at auth_url with '${authPath}' at its end`, async (t) => {
      const { session: opened } = await session(t, { authPath });

      assert.equal((await opened.send(list)).status, 201);
    });
  }

  it('takes /v3 to lie below a Keystone that does not tell its versions', async (t) => {
    const { session: opened, keystone } = await session(t, { authPath: '' });
    keystone.fail({ status: 404, body: 'no' });

    assert.equal((await opened.send(list)).status, 201);
  });

  it('sends credentials to no other server than the one configured', async (t) => {
    const { session: opened, keystone } = await session(t, { authPath: '' });
    const links = [{ rel: 'self', href: 'http://192.0.2.1:5000/identity/v3/' }];
    keystone.fail({ status: 300, body: JSON.stringify({ versions: { values: [{ id: 'v3.14', links }] } }) });

    assert.equal((await opened.send(list)).status, 201);
  });

  it('replaces a token two minutes before its end', async (t) => {
    const { session: opened, keystone, clock } = await session(t, { keystone: { lifetime: 600 } });
    await opened.send(list);

    clock.advance(479_000);
    await opened.send(list);
    assert.equal(keystone.tokens.length, 1);
    clock.advance(1000);
    await Promise.all([opened.send(list), opened.send(list)]);

    assert.equal(keystone.tokens.length, 2);
  });

  it('gets another token after a 401, and sends again once', async (t) => {
    const { session: opened, keystone, swift } = await session(t);
    await opened.send(list);
    keystone.revokeAll();

    const answers = await Promise.all([opened.send(list), opened.send(list), opened.send(list)]);
    swift.fail({ status: 401 }, { status: 401 });
    const refused = await opened.send(list);

    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202, 202],
    );
    assert.equal(refused.status, 401);
    assert.equal(keystone.tokens.length, 3);
  });

  it('says which credentials Keystone refuses, and not what they are', async (t) => {
    const { session: opened, keystone } = await session(t, { settings: { password: 'hunter2' } });

    await assert.rejects(opened.send(list), {
      name: 'InspectorError',
      kind: 'forbidden',
      message:
        `Keystone at ${keystone.url}/v3/auth/tokens refuses the credentials of [swift] with 401: The request you ` +
        'have made requires authentication.. Check auth_type, the user, the password and the scope there',
    });
  });

  it('says where the credentials stand when they are in another section', async (t) => {
    const { session: opened } = await session(t, { settings: { password: 'x', auth_section: 'shared' } });

    await assert.rejects(opened.send(list), /refuses the credentials of \[shared\]/);
  });

  it('tries to get a token again at the next request', async (t) => {
    const { session: opened, keystone } = await session(t);
    keystone.fail({ status: 500, body: 'no JSON' }, { status: 200, body: '[]' }, 'reset');

    await assert.rejects(opened.send(list), { kind: 'unavailable', message: /gave no token.*answered 500$/ });
    await assert.rejects(opened.send(list), {
      kind: 'unavailable',
      message: /expected a token from .*Is Keystone there/,
    });
    await assert.rejects(opened.send(list), { kind: 'unavailable', message: /^POST .*tokens failed: / });
    assert.equal((await opened.send(list)).status, 201);
  });

  it('looks at a new catalogue after an endpoint was not found', async (t) => {
    const { session: opened, keystone } = await session(t, { keystone: { catalog: [] } });

    await assert.rejects(opened.send(list), { kind: 'unavailable', message: /It has: nothing/ });
    await assert.rejects(opened.endpoint(), /It has: nothing/);

    assert.equal(keystone.tokens.length, 2);
  });

  it('takes a token that does not say when it ends as endless', async (t) => {
    const { session: opened, keystone, clock } = await session(t);
    const body = JSON.stringify({ token: { catalog: [] } });
    keystone.fail({ status: 201, headers: { 'x-subject-token': 't' }, body });
    await assert.rejects(opened.endpoint(), /It has: nothing/);
    clock.advance(1e12);

    assert.equal((await opened.send(list)).status, 201);
  });

  it('sends to endpoint_override, with the IDs of the token in it', async (t) => {
    const other = await fakeSwift();
    t.after(() => other.close());
    const override = `${new URL(other.url).origin}/v1/AUTH_%(project_id)s`;
    const { session: opened } = await session(t, { settings: { endpoint_override: override } });

    await opened.send(list);

    assert.deepEqual([...other.containers], ['container']);
    assert.match(await opened.endpoint(), /AUTH_p1$/);
  });

  it('tries again as the options say, a login too', async (t) => {
    const {
      session: opened,
      keystone,
      swift,
      waits,
    } = await session(t, {
      settings: {
        connect_retries: 1,
        connect_retry_delay: 2,
        status_code_retries: 2,
        status_code_retry_delay: 3,
        retriable_status_codes: ['503', '504'],
      },
    });
    keystone.fail('reset');
    swift.fail({ status: 504 }, { status: 503, headers: { 'retry-after': '9' } });

    assert.equal((await opened.send(list)).status, 201);
    assert.deepEqual(waits, [2000, 3000, 9000]);
  });

  it('tries once more after a failed connection, and after no code, where the options are unset', async (t) => {
    const { session: opened, keystone, swift } = await session(t, { settings: { connect_retries: null } });
    keystone.fail('reset');
    swift.fail({ status: 503 });

    assert.equal((await opened.send(list)).status, 503);
    keystone.revokeAll();
    keystone.fail('reset', 'reset');
    await assert.rejects(opened.send(list), { name: 'NoAnswer' });
  });
});

describe('a session without Keystone', () => {
  it('sends what none and http_basic send to their endpoint', async (t) => {
    const none = await session(t);
    const opened = openServiceSession({
      section: 'swift',
      settings: clientSettingsWith({ auth_type: 'none', endpoint: `${none.swift.url}/`, timeout: 0 }),
      now: () => new Date(),
      wait: async () => {},
      random: () => 0,
      log: none.log,
    });
    t.after(() => opened.close());

    const { status } = await opened.send({ ...list, headers: { 'x-mine': '1' } });

    assert.equal(status, 401);
    assert.equal(await opened.endpoint(), none.swift.url);
    const { headers } = none.swift.requests[0] ?? {};
    assert.deepEqual([headers?.['x-auth-token'], headers?.['x-mine']], ['notused', '1']);
  });
});

describe('openServiceSession', () => {
  const cases: readonly (readonly [Partial<ClientSettings>, RegExp])[] = [
    [{ auth_url: null }, /^\[swift\]auth_url: expected a value/],
    [
      { auth_type: 'none' },
      /^\[swift\]endpoint_override: expected the URL of the service, as auth_type is none$/,
    ],
    [
      { auth_type: 'none', endpoint: 'ftp://u:pw@x' },
      /^\[swift\]: expected an http or https URL as endpoint, got "ftp:\/\/u:\*\*\*@x"$/,
    ],
    [
      { valid_interfaces: ['publicURL'] },
      /^\[swift\]valid_interfaces: expected some of internal, public, admin, got "publicURL"$/,
    ],
    [{ valid_interfaces: [] }, /^\[swift\]valid_interfaces: expected some of .*got ""$/],
    [{ interface: 'x' }, /^\[swift\]interface: expected some of/],
    [
      { interface: 'public', valid_interfaces: ['admin'] },
      /^\[swift\]interface: expected it or valid_interfaces, got both$/,
    ],
    [
      { retriable_status_codes: ['503', '5xx'] },
      /^\[swift\]retriable_status_codes: expected HTTP codes such as 503, got "5xx"$/,
    ],
  ];
  for (const [changes, message] of cases) {
    it(`says at once ${message.source}`, () => {
      const settings = clientSettingsWith({ auth_url: 'http://keystone:5000', ...changes });
      const parts = {
        section: 'swift',
        settings,
        now: () => new Date(),
        wait: async () => {},
        random: () => 0,
        log: recordingLogger(),
      };

      assert.throws(() => openServiceSession(parts), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  it('takes interface in place of the default of valid_interfaces', async (t) => {
    const { session: opened } = await session(t, { settings: { interface: 'admin' } });

    await assert.rejects(opened.endpoint(), /with the interface admin/);
  });
});
