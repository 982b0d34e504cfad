// Shows these lines of docs/compatibility.md: swift-errors, swift-delete-after, swift-container-when-missing.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { clientSettingsWith } from '../../testing/client-settings.ts';
import { fakeKeystone } from '../../testing/fake-keystone.ts';
import { fakeSwift } from '../../testing/fake-swift.ts';
import { silentLogger } from '../logging/logger.ts';
import { openSwift } from './open-swift.ts';

async function swiftAndClient(t: TestContext, changes: Parameters<typeof clientSettingsWith>[0] = {}) {
  const swift = await fakeSwift((token) => keystone.isValid(token));
  const keystone = await fakeKeystone({ objectStore: swift.url });
  const settings = clientSettingsWith({ auth_url: keystone.url, ...changes });
  const client = openSwift(settings, {
    now: () => new Date(),
    wait: async () => {},
    random: () => 0,
    log: silentLogger(),
  });
  t.after(() => Promise.all([client.close(), swift.close(), keystone.close()]));
  return { swift, keystone, client };
}

describe('the Swift client', () => {
  it('makes the container when it is missing, and stores the text as UTF-8', async (t) => {
    const { swift, client } = await swiftAndClient(t);

    await client.put('one', '{"a": "ü"}');
    await client.put('two', '{}');

    assert.deepEqual(
      swift.requests.map(({ method, path }) => `${method} ${path.slice('/v1/AUTH_p1'.length)}`),
      [
        'PUT /ironic-inspector/one',
        'PUT /ironic-inspector',
        'PUT /ironic-inspector/one',
        'PUT /ironic-inspector/two',
      ],
    );
    const stored = swift.objects.get('ironic-inspector/one');
    assert.equal(stored?.text, '{"a": "ü"}');
    assert.equal(stored?.headers['x-delete-after'], undefined);
    assert.equal(await client.get('one'), '{"a": "ü"}');
  });

  it('uses the container and the time to live of the options', async (t) => {
    const { swift, client } = await swiftAndClient(t, { container: 'a b ü', delete_after: 3600 });

    await client.put('one', '{}');

    assert.deepEqual([...swift.containers], ['a b ü']);
    assert.equal(swift.objects.get('a b ü/one')?.headers['x-delete-after'], '3600');
  });

  it('looks at an object without reading it', async (t) => {
    const { swift, client } = await swiftAndClient(t);
    await client.put('one', '{}');

    assert.deepEqual(await client.head('one'), { md5: '99914b932bd37a50b983c5e7c90ae93b' });
    assert.equal(await client.head('two'), undefined);
    swift.fail({ status: 500 });
    await assert.rejects(client.head('one'), {
      kind: 'unavailable',
      message: /^Swift failed to look at object one/,
    });
  });

  it("says what there is not, in the original's words", async (t) => {
    const { client } = await swiftAndClient(t);

    await assert.rejects(client.get('one'), {
      name: 'InspectorError',
      kind: 'not-found',
      message:
        'Swift failed to get object one in container ironic-inspector. Error was: Swift answered 404: Not Found The ' +
        'resource could not be found.',
    });
  });

  it('tells faults of Swift from what is not there', async (t) => {
    const { swift, keystone, client } = await swiftAndClient(t);
    await client.put('one', '{}');
    const error = (failed: string, why: string) => ({
      kind: 'unavailable',
      message: `Swift failed to ${failed} in container ironic-inspector. Error was: ${why}`,
    });

    swift.fail({ status: 503 }, { status: 507, body: 'full' }, { status: 401 }, { status: 401 });
    await assert.rejects(client.get('one'), error('get object one', 'Swift answered 503'));
    await assert.rejects(client.put('one', '{}'), error('create object one', 'Swift answered 507: full'));
    await assert.rejects(client.get('one'), error('get object one', 'Swift answered 401'));
    swift.fail('reset');
    await assert.rejects(client.get('one'), {
      kind: 'unavailable',
      message: /Error was: GET http.* failed: /,
    });
    swift.fail('cut off');
    await assert.rejects(client.get('one'), {
      kind: 'unavailable',
      message: /Error was: GET http.* failed: /,
    });
    keystone.revokeAll();
    keystone.failOn(/^POST/, { status: 401, body: '{}' });
    await assert.rejects(client.get('one'), {
      kind: 'unavailable',
      message:
        /^Swift failed to get object one .* Error was: Keystone at .* refuses the credentials of \[swift\]/,
    });
  });

  for (const container of ['', 'a/b']) {
    it(`refuses '${container}' as the name of a container`, () => {
      const surroundings = {
        now: () => new Date(),
        wait: async () => {},
        random: () => 0,
        log: silentLogger(),
      };

      assert.throws(() => openSwift(clientSettingsWith({ container }), surroundings), {
        kind: 'invalid',
        message: `[swift]container: expected a name without slashes, got "${container}"`,
      });
    });
  }

  it('says when the container cannot be made', async (t) => {
    const { swift, client } = await swiftAndClient(t);
    swift.failOn(/^PUT \S+\/ironic-inspector$/, { status: 403, body: 'Forbidden' });

    await assert.rejects(client.put('one', '{}'), {
      kind: 'unavailable',
      message: 'Swift failed to create container ironic-inspector. Error was: Swift answered 403: Forbidden',
    });
  });
});
