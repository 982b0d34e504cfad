import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type FakeHttpService, fakeHttpService } from '../../../testing/fake-http-service.ts';
import { defaultsOf } from '../../config/option.ts';
import { type PolicyOptions, policyFileOptions } from './policy-options.ts';
import { remoteChecks } from './remote-check.ts';

describe('remoteChecks', () => {
  let service: FakeHttpService;
  before(async () => {
    service = await fakeHttpService(({ path }) => ({ status: 200, body: decodeURIComponent(path.slice(1)) }));
  });
  after(() => service.close());

  async function ask(path: string, changes: Partial<PolicyOptions> = {}): Promise<boolean> {
    const remote = remoteChecks({ ...defaultsOf(policyFileOptions), ...changes });
    try {
      return await remote.ask(`${service.url}/${path}`, 'introspection:data', { roles: ['a'] });
    } finally {
      await remote.close();
    }
  }

  for (const [body, expected] of [
    ['True', true],
    ['%22True%22', true],
    ['true', false],
    ['True%20', false],
    ['', false],
  ] as const) {
    it(`is ${expected} for the answer "${body}"`, async () => {
      assert.equal(await ask(body), expected);
    });
  }

  it('sends rule, target and credentials as a form, or as JSON', async () => {
    await ask('True');
    await ask('True', { remote_content_type: 'application/json' });

    const [form, json] = service.requests.slice(-2);
    assert.equal(form?.method, 'POST');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(form?.body)), {
      rule: '"introspection:data"',
      target: '{}',
      credentials: '{"roles":["a"]}',
    });
    assert.deepEqual(JSON.parse(json?.body ?? ''), {
      rule: 'introspection:data',
      target: {},
      credentials: { roles: ['a'] },
    });
    assert.equal(json?.headers['content-type'], 'application/json');
  });

  it('cannot be decided without an answer, or without one in time', async () => {
    service.fail('reset');
    await assert.rejects(ask('True'), { name: 'PolicyError' });
    service.fail({ late: 500 });
    await assert.rejects(ask('True', { remote_timeout: 0.05 }), { name: 'PolicyError' });
  });
});
