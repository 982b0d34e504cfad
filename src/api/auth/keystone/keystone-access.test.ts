// Shows these lines of docs/compatibility.md: keystone-away-503.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { apiFakes } from '../../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../../testing/ask-api.ts';
import { recordingLogger } from '../../../../testing/recording-logger.ts';
import { settableClock } from '../../../../testing/settable-clock.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import {
  httpAnswer,
  spokenKeystone,
  type TokenAccessSettings,
  tokenAccess,
} from '../../../../testing/token-access.ts';
import { InspectorError } from '../../../errors/inspector-error.ts';

const list = { policy: 'introspection:status', public: false };
const callback = { policy: 'introspection:continue', public: true };

function ask(
  settings: TokenAccessSettings,
  headers: Readonly<Record<string, string>>,
  { wanted = list, method = 'GET', target = '/v1/introspection' } = {},
) {
  return tokenAccess(settings).refusal({ headers, method, target }, wanted);
}

describe('keystoneAccess in the API', () => {
  it('answers 401 with the way to Keystone, 403, and what was asked for', async () => {
    const fakes = apiFakes({ access: tokenAccess() });

    const none = await askApi(fakes, 'GET /v1/introspection');
    const denied = await askApi(fakes, 'GET /v1/introspection', {
      headers: { 'x-auth-token': 'project.reader' },
    });
    const good = await askApi(fakes, 'GET /v1/introspection', {
      headers: { 'x-auth-token': ' project.admin ' },
    });

    assert.deepEqual([none.statusCode, denied.statusCode, good.statusCode], [401, 403, 200]);
    assert.equal(none.headers['www-authenticate'], 'Keystone uri="http://keystone:5000"');
    assert.equal(errorMessage(none), 'Authentication required');
    assert.equal(errorMessage(denied), 'Access denied by policy');
    assert.equal(denied.headers['www-authenticate'], undefined);
    assert.equal(none.headers['x-openstack-ironic-inspector-api-maximum-version'], '1.18');
  });

  it('does not ask for a token where nothing is, for wrong methods and versions, and for OPTIONS', async () => {
    const fakes = apiFakes({ access: tokenAccess() });
    const version = { 'x-openstack-ironic-inspector-api-version': '9.9' };

    const answers = [
      await askApi(fakes, 'GET /v1/nothing'),
      await askApi(fakes, 'PUT /v1/introspection'),
      await askApi(fakes, 'OPTIONS /v1/introspection'),
      await askApi(fakes, 'GET /v1/introspection', { headers: version }),
    ];

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [404, 405, 200, 406],
    );
  });

  it('refuses before it looks at parameters and bodies', async () => {
    const fakes = apiFakes({ access: tokenAccess() });

    const answer = await askApi(fakes, 'GET /v1/introspection?limit=x');

    assert.equal(answer.statusCode, 401);
    assert.deepEqual(fakes.calls, []);
  });
});

describe('keystoneAccess', () => {
  it('does not believe what a request says of itself', async () => {
    const forged = {
      'x-roles': 'admin',
      'x-identity-status': 'Confirmed',
      'openstack-system-scope': 'all',
      'x-user-id': 'admin',
      'x-is-admin-project': 'True',
    };

    assert.equal((await ask({}, forged))?.status, 401);
    assert.equal((await ask({}, { ...forged, 'x-auth-token': 'project.reader' }))?.status, 403);
    assert.equal(
      (await ask({}, { 'x-auth-token': 'project.reader', 'x-service-token': 'project.admin,service' }))
        ?.status,
      403,
    );
  });

  it('takes the token by its former name', async () => {
    assert.equal(await ask({}, { 'x-storage-token': 'project.admin' }), undefined);
  });

  it('answers 503 while Keystone is away or refuses the service itself, and never lets in', async () => {
    for (const fault of [
      new InspectorError('unavailable', 'no answer'),
      new InspectorError('forbidden', 'refused'),
      new TypeError('a bug'),
      httpAnswer(500, {}),
      httpAnswer(401, {}),
      httpAnswer(403, {}),
      httpAnswer(200, 'nothing'),
      httpAnswer(200, { token: { user: { id: 'u' } } }),
    ]) {
      const session = spokenKeystone();
      session.faults.push(fault);
      const log = recordingLogger();

      const refusal = await ask({ session, log }, { 'x-auth-token': 'project.admin' });

      assert.equal(refusal?.status, 503);
      assert.match(refusal?.message ?? '', /^The identity service cannot be reached/);
      assert.match(log.at('error').join(), /^Tokens cannot be checked/);
    }
  });

  it('takes the callback of the ramdisk without a word to Keystone', async () => {
    const session = spokenKeystone();

    const refusal = await ask({ session }, { 'x-auth-token': 'project.admin' }, { wanted: callback });

    assert.equal(refusal, undefined);
    assert.deepEqual(session.requests, []);
  });

  it('closes what is public where the policy says so', async () => {
    const { path } = temporaryFolder();
    writeFileSync(join(path, 'policy.yaml'), '"introspection:continue": "role:ramdisk"');
    const asked = (headers: Readonly<Record<string, string>>, session = spokenKeystone()) =>
      ask({ folders: [path], session }, headers, {
        wanted: callback,
        method: 'POST',
        target: '/v1/continue',
      });
    const away = spokenKeystone();
    away.faults.push(new InspectorError('unavailable', 'no answer'));

    assert.equal((await asked({}))?.status, 403);
    assert.equal((await asked({ 'x-auth-token': 'project.admin' }))?.status, 403);
    assert.equal(await asked({ 'x-auth-token': 'project.ramdisk' }), undefined);
    assert.equal((await asked({ 'x-auth-token': 'project.ramdisk' }, away))?.status, 503);
  });

  it('answers 500 while the policy cannot be read', async () => {
    const { path } = temporaryFolder();
    writeFileSync(join(path, 'policy.yaml'), '[');
    const log = recordingLogger();

    const refusal = await ask({ folders: [path], log }, { 'x-auth-token': 'project.admin' });

    assert.equal(refusal?.status, 500);
    assert.equal(refusal?.message, 'Internal server error');
    assert.match(log.at('error').join(), /Nothing is allowed, as the policy cannot be applied/);
  });
});

describe('service tokens', () => {
  const expired = { 'x-auth-token': 'expired.admin' };

  it('prolong the token of a user when they have the role', async () => {
    assert.equal(await ask({}, { ...expired, 'x-service-token': 'project.service' }), undefined);
    assert.equal((await ask({}, { ...expired, 'x-service-token': 'project.admin' }))?.status, 401);
    assert.equal((await ask({}, { ...expired, 'x-service-token': 'nonsense' }))?.status, 401);
    assert.equal((await ask({}, { 'x-service-token': 'project.service' }))?.status, 401);
  });

  it('count in the policy, without the role only where none is required', async () => {
    const { path } = temporaryFolder();
    writeFileSync(join(path, 'policy.yaml'), '"introspection:status": "service_roles:helper"');
    const tokens = { 'x-auth-token': 'project.reader', 'x-service-token': 'project.helper' };
    const required = { service_token_roles_required: true };

    assert.equal(await ask({ folders: [path] }, tokens), undefined);
    assert.equal((await ask({ folders: [path], options: required }, tokens))?.status, 403);
  });
});

describe('application credentials with access rules', () => {
  const rules = [
    { service: 'baremetal-introspection', method: 'GET', path: '/v1/introspection/*' },
    { service: 'other', method: 'GET', path: '/**' },
    { method: 'GET' },
  ];
  const session = () =>
    spokenKeystone((token) =>
      token === 'project.service' ? {} : { application_credential: { access_rules: rules } },
    );
  const headers = { 'x-auth-token': 'project.admin' };

  it('are refused unless the type of the service is known', async () => {
    const log = recordingLogger();

    assert.equal((await ask({ session: session(), log }, headers))?.status, 401);
    assert.match(log.at('warning').join(), /service_type/);
  });

  it('are good for what the rules say, and for anything with a service token', async () => {
    const options = { service_type: 'baremetal-introspection' };
    const asked = (target: string, method = 'GET', more = {}) =>
      ask({ session: session(), options }, { ...headers, ...more }, { target, method });

    assert.equal(await asked('/v1/introspection/x?y=/'), undefined);
    assert.equal((await asked('/v1/introspection'))?.status, 401);
    assert.equal((await asked('/v1/introspection/x/data'))?.status, 401);
    assert.equal((await asked('/v1/introspection/x', 'POST'))?.status, 401);
    assert.equal(
      await asked('/v1/introspection', 'GET', { 'x-service-token': 'project.service' }),
      undefined,
    );
  });
});

describe('bound tokens', () => {
  for (const [mode, bind, status] of [
    ['permissive', {}, undefined],
    ['permissive', { other: 'x' }, undefined],
    ['permissive', { kerberos: 'x' }, 401],
    ['strict', {}, undefined],
    ['strict', { other: 'x' }, 401],
    ['required', {}, 401],
    ['disabled', { kerberos: 'x' }, undefined],
  ] as const) {
    it(`with ${JSON.stringify(bind)} answer ${status ?? 'as asked'} where enforce_token_bind is ${mode}`, async () => {
      const session = spokenKeystone(() => ({ bind }));

      const refusal = await ask(
        { session, options: { enforce_token_bind: mode } },
        { 'x-auth-token': 'project.admin' },
      );

      assert.equal(refusal?.status, status);
    });
  }
});

describe('checks of tokens', () => {
  const request = {
    headers: { 'x-auth-token': 'project.admin' },
    method: 'GET',
    target: '/v1/introspection',
  };

  it('are asked of Keystone as the original does', async () => {
    const session = spokenKeystone();

    await ask({ session }, request.headers);
    await ask(
      { session, options: { include_service_catalog: false } },
      { 'x-auth-token': 'expired.a', 'x-service-token': 'project.service' },
    );

    assert.deepEqual(session.requests[0], {
      method: 'GET',
      path: '/v3/auth/tokens',
      headers: {
        accept: 'application/json',
        'x-subject-token': 'project.admin',
        'openstack-identity-access-rules': '1',
      },
    });
    assert.deepEqual(
      session.requests.slice(1).map(({ path }) => path),
      ['/v3/auth/tokens?nocatalog', '/v3/auth/tokens?nocatalog&allow_expired=1'],
    );
  });

  it('share a request, are remembered when good, and made anew after a while', async () => {
    const clock = settableClock();
    const now = () => clock.now();
    const session = spokenKeystone(undefined, now);
    const access = tokenAccess({ session, now });

    await Promise.all([1, 2, 3].map(() => access.refusal(request, list)));
    clock.advance(299_000);
    await access.refusal(request, list);
    const before = session.requests.length;
    clock.advance(2000);
    await access.refusal(request, list);

    assert.deepEqual([before, session.requests.length], [1, 2]);
  });

  it('are not remembered when bad, nor where token_cache_time is -1', async () => {
    const session = spokenKeystone();
    const access = tokenAccess({ session, options: { token_cache_time: -1 } });
    const bad = { ...request, headers: { 'x-auth-token': 'nonsense' } };

    for (const asked of [request, request, bad, bad]) await access.refusal(asked, list);

    assert.equal(session.requests.length, 4);
  });

  it('do not find a token good beyond its end', async () => {
    const clock = settableClock();
    const now = () => clock.now();
    const session = spokenKeystone(() => ({
      expires_at: new Date(clock.now().getTime() + 60_000).toISOString(),
    }));
    const access = tokenAccess({ session, now });
    const first = await access.refusal(request, list);

    clock.advance(61_000);
    session.faults.push(httpAnswer(404, {}));

    assert.equal(first, undefined);
    assert.equal((await access.refusal(request, list))?.status, 401);
  });

  it('recover by themselves when Keystone is back', async () => {
    const session = spokenKeystone();
    session.faults.push(new InspectorError('unavailable', 'no answer'));
    const access = tokenAccess({ session });

    const away = await access.refusal(request, list);

    assert.equal(away?.status, 503);
    assert.equal(await access.refusal(request, list), undefined);
  });
});
