// Shows these lines of docs/compatibility.md: ironic-retries, ironic-version-asked-anew, ironic-error-text.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ironicClientUnderTest } from '../../testing/ironic-client.ts';
import type { StandInFault } from '../../testing/ironic-stand-in.ts';
import { numberedUuid } from '../../testing/numbered-uuid.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';

const uuid = numberedUuid(1);

describe('the version of the API', () => {
  it('is asked for once, and is the newest that both sides know', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });

    await Promise.all([service.getNode(uuid), service.getNode(uuid), service.listPortsOf(uuid)]);

    assert.equal(ironic.requests.filter((line) => line === 'GET /').length, 1);
    assert.deepEqual(ironic.asked, [undefined, '1.82', '1.82', '1.82']);
  });

  it('is not newer for nodes and ports than what the SDK of the original knows', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, {}, { versions: [1, 110] });
    ironic.add({ uuid });

    await service.getNode(uuid);
    await service.listPortsOf(uuid);

    assert.deepEqual(ironic.asked, [undefined, '1.92', '1.97']);
  });

  it('is left out where Ironic does not say', async (t) => {
    const { service, ironic, log } = await ironicClientUnderTest(t, {}, { versions: undefined });
    ironic.add({ uuid });

    await service.getNode(uuid);
    await service.patchNode(uuid, [], { resetInterfaces: true });

    assert.deepEqual(ironic.asked, [undefined, undefined, undefined, undefined]);
    assert.match(log.at('warning').join(), /does not say what versions/);
  });

  it('is asked for at the endpoint of the version where the catalogue has that', async (t) => {
    const other = await ironicClientUnderTest(t);
    const url = `${other.ironic.url}/v1/`;
    const { service } = await ironicClientUnderTest(t, { endpoint_override: url });
    other.ironic.add({ uuid });

    await service.getNode(uuid);

    assert.deepEqual(other.ironic.requests, ['GET /v1/', `GET /v1/nodes/${uuid}`]);
  });

  it('is asked for at the version when something else is at the root', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    ironic.fail(/^GET \/$/, 'web page');

    await service.getNode(uuid);

    assert.deepEqual(ironic.requests, ['GET /', 'GET /v1/', `GET /v1/nodes/${uuid}`]);
    assert.equal(ironic.asked.at(-1), '1.82');
  });

  it('is asked for anew when it is not accepted any more', async (t) => {
    const { service, ironic, log } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    await service.getNode(uuid);
    ironic.offer([1, 72]);

    await service.getNode(uuid);

    assert.deepEqual(ironic.asked, [undefined, '1.82', '1.82', undefined, '1.72']);
    assert.match(log.at('warning').join(), /does not take the version/);
  });

  it('says nothing about a node when it is refused', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { max_retries: 0 });
    ironic.add({ uuid });

    for (const fault of [
      { status: 404, text: 'Not found' },
      { status: 400, text: 'no' },
      'locked',
    ] as const) {
      ironic.fail(/^GET \/(?:v1\/)?$/, fault, 2);
      await assert.rejects(service.getNode(uuid), { name: 'InspectorError', kind: 'unavailable' });
    }
    assert.equal((await service.getNode(uuid)).uuid, uuid);
  });

  it('is asked for anew after it could not be had', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { max_retries: 0 });
    ironic.add({ uuid });
    ironic.fail(/^GET \/(v1\/)?$/, 'busy', 2);

    await assert.rejects(service.getNode(uuid), { kind: 'unavailable', message: /free conductor workers/ });
    assert.equal((await service.getNode(uuid)).uuid, uuid);
  });

  it('may be too old for a call', async (t) => {
    const { service } = await ironicClientUnderTest(t, {}, { versions: [1, 9] });

    await assert.rejects(service.addTrait(uuid, 'CUSTOM_A'), {
      kind: 'invalid',
      message: `Expected an Ironic with version 1.37 of its API for PUT /v1/nodes/${uuid}/traits/CUSTOM_A, got one up to 1.9`,
    });
    await assert.rejects(service.createNode({ driver: 'ipmi' }), { kind: 'invalid', message: /1\.11/ });
  });
});

describe('a request that Ironic cannot answer for the moment', () => {
  it('is sent again while the node is locked, every two seconds', async (t) => {
    const { service, ironic, waits, log } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    ironic.fail(/^PUT/, 'locked', 3);

    await service.setPowerState(uuid, 'power off');

    assert.deepEqual(waits, [2000, 2000, 2000]);
    assert.deepEqual(log.at('info'), [
      `Ironic answered 409 to PUT /v1/nodes/${uuid}/states/power: Node 1 is locked by host labhost, please retry ` +
        'after the current operation is completed.; trying again in 2 s, 1 of 30',
    ]);
  });

  it('is in conflict when the node stays locked', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t, { max_retries: 2, retry_interval: 5 });
    ironic.add({ uuid });
    ironic.state.locked.add(uuid);

    await assert.rejects(service.setPowerState(uuid, 'power off'), {
      kind: 'conflict',
      message: /is locked/,
    });
    assert.deepEqual(waits, [5000, 5000]);
  });

  it('is sent again as status_code_retries says, where it is set', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t, { status_code_retries: 4 });
    ironic.add({ uuid });
    ironic.fail(/^PUT/, 'busy');

    await assert.rejects(service.setPowerState(uuid, 'power off'), { kind: 'unavailable' });
    assert.deepEqual(waits, [500, 1000, 2000, 4000]);
  });

  it('is sent again as the delay and the codes of the options say', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t, {
      status_code_retries: 2,
      status_code_retry_delay: 0.1,
      retriable_status_codes: ['500'],
    });
    ironic.add({ uuid });
    ironic.fail(/^GET \/v1\/nodes/, { status: 500, text: 'oops' }, 2);

    await service.getNode(uuid);
    ironic.fail(/^PUT/, 'locked', 1);

    await assert.rejects(service.setPowerState(uuid, 'power off'), { kind: 'conflict' });
    assert.deepEqual(waits, [100, 100]);
  });

  it('is sent again when the answer says', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    ironic.fail(/^GET \/v1\/nodes/, { status: 503, headers: { 'retry-after': '7' } }, 1);
    ironic.fail(/^GET \/v1\/nodes/, { status: 503, headers: { 'retry-after': '9000' } }, 1);

    await service.getNode(uuid);

    assert.deepEqual(waits, [7000, 60_000]);
  });

  it('is not sent again for a name that is taken', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t);
    ironic.add({ uuid, name: 'one' });

    await assert.rejects(service.createNode({ driver: 'x', name: 'one' }), { kind: 'conflict' });
    assert.deepEqual(waits, []);
  });

  it('refuses codes that are none', async (t) => {
    await assert.rejects(ironicClientUnderTest(t, { retriable_status_codes: ['503', 'all'] }), {
      kind: 'invalid',
      message: '[ironic]retriable_status_codes: expected HTTP codes such as 503, got "all"',
    });
  });
});

describe('the log of an Ironic client', () => {
  it('is that of whoever works on the node, also for connections that break', async (t) => {
    const { service, ironic, log } = await ironicClientUnderTest(t, { connect_retries: 1 });
    ironic.add({ uuid });
    await service.getNode(uuid);
    const own = recordingLogger();
    const its = service.loggingTo?.(own.child('[node: 1]'));
    ironic.fail(/^GET \/v1\/nodes/, 'dropped', 1);
    ironic.fail(/^GET \/v1\/ports/, 'busy', 1);
    ironic.fail(/^PATCH/, 'wrong version', 1);

    await its?.getNode(uuid);
    await its?.listPortsOf(uuid);
    await its?.patchNode(uuid, [], { resetInterfaces: true });

    assert.match(
      own.lines.join('\n'),
      new RegExp(
        [
          '^info: \\[node: 1\\] GET http\\S+ failed: .*; trying again in .*',
          'info: \\[node: 1\\] Ironic answered 503 to GET /v1/ports/detail: .*; trying again in .*',
          'warning: \\[node: 1\\] Ironic does not take the version of its API any more.*',
          'debug: \\[node: 1\\] Ironic has the versions 1.1 to 1.82 of its API$',
        ].join('\n'),
      ),
    );
    assert.doesNotMatch(log.lines.join(), /trying again|does not take/);
  });
});

describe('an Ironic that is not well', () => {
  const faults: readonly [string, StandInFault, RegExp][] = [
    ['drops connections', 'dropped', /^Ironic cannot be asked \(GET \/v1\/nodes\/\S+\): GET http.* failed: /],
    ['breaks off its answers', 'cut off', /^Ironic cannot be asked/],
    [
      'is none',
      'web page',
      /^Expected JSON in the answer to GET \/v1\/nodes\/\S+, got something else\. Is Ironic there\?/,
    ],
    ['sends half a document', 'not JSON', /^Expected JSON in the answer/],
    ['fails', { status: 500, text: 'No such table' }, /^Ironic answered 500 to GET \S+: No such table$/],
    ['says nothing', { status: 502 }, /^Ironic answered 502 to GET \S+$/],
    [
      'refuses the credentials',
      { status: 403, text: 'Forbidden' },
      /^Ironic answered 403 to GET \S+: Forbidden$/,
    ],
  ];

  for (const [what, fault, message] of faults) {
    it(`is unavailable when it ${what}`, async (t) => {
      const { service, ironic } = await ironicClientUnderTest(t);
      ironic.add({ uuid });
      ironic.fail(/^GET \/v1\/nodes/, fault, 1);

      await assert.rejects(service.getNode(uuid), { kind: 'unavailable', message });
      assert.equal((await service.getNode(uuid)).uuid, uuid);
    });
  }

  it('is unavailable when its answer takes too long', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { timeout: 1 });
    ironic.add({ uuid });
    await service.getNode(uuid);
    ironic.fail(/^GET \/v1\/nodes/, { late: 3000 });

    await assert.rejects(service.getNode(uuid), { kind: 'unavailable', message: /UND_ERR_HEADERS_TIMEOUT/ });
  });

  it('is unavailable when its answer trickles in for too long', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { timeout: 1 });
    ironic.add({ uuid });
    await service.getNode(uuid);
    ironic.fail(/^GET \/v1\/nodes/, { slowBody: 60_000 / 8 });

    await assert.rejects(service.getNode(uuid), {
      kind: 'unavailable',
      message: /^Ironic cannot be asked .* failed: the answer is not complete after 3 s \(ETIMEDOUT\)$/,
    });
  });

  it('may be slow', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t);
    ironic.add({ uuid });
    ironic.fail(/^GET \/v1\/nodes/, { slowBody: 100 }, 1);
    ironic.fail(/^GET \/$/, { late: 50 }, 1);

    assert.equal((await service.getNode(uuid)).uuid, uuid);
  });

  it('is asked again when a connection breaks, as connect_retries says', async (t) => {
    const { service, ironic, waits } = await ironicClientUnderTest(t, {
      connect_retries: 2,
      connect_retry_delay: 3,
    });
    ironic.add({ uuid });
    ironic.fail(/^(PUT|PATCH)/, 'dropped', 2);

    await service.setPowerState(uuid, 'power off');
    ironic.fail(/^PATCH/, 'dropped after', 2);
    await service.patchNode(uuid, [{ op: 'add', path: '/extra/a', value: 1 }]);

    assert.deepEqual(waits, [3000, 3000, 3000, 3000]);
  });

  it('is not asked twice for what must not be done twice', async (t) => {
    const { service, ironic } = await ironicClientUnderTest(t, { connect_retries: 2 });
    ironic.add({ uuid, extra: { list: [] } });
    ironic.fail(/^PATCH/, 'dropped after', 1);

    await assert.rejects(service.patchNode(uuid, [{ op: 'add', path: '/extra/list/-', value: 1 }]), {
      kind: 'unavailable',
    });
    assert.deepEqual(ironic.state.node(uuid).extra, { list: [1] });
  });
});
