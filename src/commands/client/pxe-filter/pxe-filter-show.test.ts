import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';

async function setUp(t: TestContext, answers: Answers) {
  const service = await fakeInspector(answers);
  t.after(() => service.close());
  return madeUpClient(service.url, {});
}

const filter = {
  host: 'one',
  driver: 'nftables',
  state: 'degraded',
  since: '2026-11-22T13:36:35.123000',
  error: 'no \u001b[2Jnft',
  mode: 'deny-list',
  allowed: 1,
  denied: 2,
  last_success: '2026-11-22T13:36:30.123000',
  last_duration: 0.5,
  applies: 3,
  failures: 4,
  verdicts: { accepted: 7 },
  updated_at: '2026-11-22T13:36:36.123000',
};

describe('ironic-inspector-client pxe-filter show', () => {
  it('tells how the filter of each conductor does', async (t) => {
    const plain = { ...filter, host: 'two', state: 'ok', error: null, mode: 'odd', last_success: null };
    const client = await setUp(t, {
      'GET /v1/pxe-filter': { pxe_filters: [filter, { ...plain, verdicts: null, last_duration: null }] },
    });

    const told = await client.run('pxe-filter show');
    const rows = await client.run('pxe-filter show -f value -c Host -c State -c Allowed');

    assert.equal(
      told.out,
      `one: nftables is degraded since 2026-11-22T13:36:35 UTC
  no \\x1b[2Jnft
  deny-list: everybody is answered but machines that are denied
  allowed 1, denied 2 MAC addresses
  last success at 2026-11-22T13:36:30 UTC, in 0.5 s; 3 in all, 4 failure(s)
  requests: {"accepted":7}
  told at 2026-11-22T13:36:36 UTC

two: nftables is ok since 2026-11-22T13:36:35 UTC
  odd: not known to this client
  allowed 1, denied 2 MAC addresses
  last success at no known time; 3 in all, 4 failure(s)
  told at 2026-11-22T13:36:36 UTC
`,
    );
    assert.equal(rows.out, 'one degraded 1\ntwo ok 1\n');
  });

  it('says that there is none', async (t) => {
    const client = await setUp(t, { 'GET /v1/pxe-filter': { pxe_filters: [] } });

    assert.equal((await client.run('pxe-filter show')).out, 'No conductor has told of its PXE filter.\n');
  });
});
