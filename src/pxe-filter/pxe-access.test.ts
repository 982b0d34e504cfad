// Shows these lines of docs/compatibility.md: filter-failure-resets-nothing, filter-ports-unknown, filter-events.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FakeAccessSource } from '../../testing/fake-access-source.ts';
import { FakeFilterDriver, fakeFilterState } from '../../testing/fake-filter-driver.ts';
import { fakeTiming } from '../../testing/fake-timing.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { PxeAccess, type PxeAccessParts } from './pxe-access.ts';

const [a, b, c] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as const;
const unavailable = (message: string) => new InspectorError('unavailable', message);

/** Two idle machines; the filter is not begun. */
function filter(parts: Partial<PxeAccessParts> = {}) {
  const source = new FakeAccessSource();
  for (const mac of [a, b]) source.ports.set(mac, { address: mac });
  const driver = new FakeFilterDriver(fakeFilterState());
  const timing = fakeTiming();
  const log = recordingLogger();
  const clock = settableClock();
  const told: string[] = [];
  const access = new PxeAccess({
    driver,
    nodes: source.nodes,
    bareMetal: source.bareMetal,
    rules: { denyUnknown: false, discovery: false },
    keepOnExit: false,
    timing,
    clock,
    log,
    listener: { tell: ({ state }) => void told.push(state), settled: async () => void told.push('settled') },
    ...parts,
  });
  /** Timers go off, and what they begin is done. */
  const later = async () => {
    timing.fire();
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
  };
  return { source, driver, timing, log, clock, told, access, later };
}

/** The same, begun; calls until then are not counted. */
async function begun(parts: Partial<PxeAccessParts> = {}) {
  const on = filter(parts);
  await on.access.begin();
  on.driver.calls.length = 0;
  on.source.asked.length = 0;
  return on;
}

describe('the begin of PXE access', () => {
  it('puts in force what is in the database, with one list of ports and one query', async () => {
    const { access, driver, source, told } = filter();
    source.underWay.set('one', [a]);

    await access.begin();

    assert.deepEqual(driver.calls, ['init', 'whole']);
    assert.deepEqual(driver.inForce, { mode: 'deny-list', allowed: new Set([a]), denied: new Set([b]) });
    assert.deepEqual(source.asked, ['ports uuid address', 'all']);
    assert.deepEqual(told, ['ok', 'ok']);
  });

  it('lets in machines under introspection alone until the ports can be listed', async () => {
    const { access, driver, source, later, log } = filter();
    source.underWay.set('one', [a]);
    source.failures.ports = 1;

    await access.begin();
    const answered = [a, b, c].filter((mac) => driver.answers(mac));
    const { state, error } = access.health();
    await later();

    assert.deepEqual(answered, [a]);
    assert.deepEqual(
      [state, error],
      [
        'degraded',
        'the ports cannot be listed, until they are, only machines under introspection are answered: The ports were told to fail',
      ],
    );
    assert.deepEqual(
      [a, b, c].filter((mac) => driver.answers(mac)),
      [a, c],
    );
    assert.equal(access.health().state, 'ok');
    assert.ok(log.lines.includes('info: PXE filter fake: works again, after 0.0 s'));
  });

  it('does not wait for a list for ever', async () => {
    const { access, driver, source, timing, log } = filter();
    source.underWay.set('one', [a]);
    const list = Promise.withResolvers<void>();
    source.beforePorts = () => list.promise;

    const beginning = access.begin();
    await nextTurn();
    const waits = timing.waiting();
    timing.fire();
    await beginning;
    const { mode } = driver.inForce;
    list.resolve();
    await access.syncAll();

    assert.deepEqual(waits, [10_000]);
    assert.deepEqual([mode, driver.inForce.mode], ['allow-list', 'deny-list']);
    assert.match(log.at('warning')[0] ?? '', /have not been listed within 10 s/);
  });

  it('refuses a driver that cannot work here', async () => {
    const { access, driver } = filter();
    driver.init = async () => Promise.reject(new InspectorError('invalid', 'nft is not installed'));

    await assert.rejects(access.begin(), { message: 'nft is not installed' });

    assert.deepEqual(driver.calls, []);
  });

  it('tries again what fails for the moment', async () => {
    const { access, driver, later } = filter();
    const init = driver.init.bind(driver);
    let failures = 2;
    driver.init = async () => {
      if (failures-- > 0) throw unavailable('the lock is held');
      await init();
    };

    await access.begin();
    const { state, error } = access.health();
    await later();

    assert.deepEqual([state, error], ['degraded', 'access cannot be brought in line: the lock is held']);
    assert.deepEqual(driver.calls, ['init', 'whole']);
    assert.equal(access.health().state, 'ok');
  });
});

describe('a change of a node', () => {
  it('is put in force as a change, and asks for nothing but that node', async () => {
    const { access, driver, source, log } = await begun();
    source.underWay.set('one', [a, c]);

    await access.nodeChanged('one', [{ address: c }]);
    source.underWay.delete('one');
    await access.nodeChanged('one');

    assert.deepEqual(driver.calls, ['change', 'change']);
    assert.deepEqual(source.asked, ['one', 'one']);
    assert.deepEqual(log.at('info').slice(-2), [
      'PXE filter fake: closed; allowed 0, denied 3 MAC addresses',
      'PXE filter fake: let in 0, denied 2, forgot 0 MAC addresses, for one',
    ]);
    assert.deepEqual(driver.inForce, { mode: 'closed', allowed: new Set(), denied: new Set([a, b, c]) });
  });

  it('calls no driver where nothing is other than before', async () => {
    const { access, driver } = await begun();

    await access.nodeChanged('unknown', [{ address: a }]);

    assert.deepEqual(driver.calls, []);
  });

  it('opens DHCP for a node without ports', async () => {
    const { access, driver, source } = await begun();
    source.underWay.set('one', []);

    await access.nodeChanged('one');

    assert.deepEqual([driver.inForce.mode, driver.answers(c), driver.answers(a)], ['deny-list', true, false]);
  });

  it('goes with all others that come while one is put in force', async () => {
    const { access, driver, source, log } = await begun();
    const first = Promise.withResolvers<void>();
    driver.beforeApply = () => first.promise;
    const started = Array.from({ length: 100 }, (_, index) => {
      source.underWay.set(`node ${index}`, index === 0 ? [a] : [b]);
      return access.nodeChanged(`node ${index}`);
    });
    await nextTurn();
    const more = Array.from({ length: 100 }, (_, index) => {
      source.underWay.delete(`node ${index}`);
      return access.nodeChanged(`node ${index}`);
    });
    first.resolve();
    await Promise.all([...started, ...more]);

    assert.deepEqual(driver.calls, ['change', 'change']);
    assert.equal(source.asked.length, 2);
    assert.match(log.at('info').at(-1) ?? '', /for node 0, node 1, node 2, node 3, node 4 and 95 more$/);
    assert.equal(driver.inForce.mode, 'closed');
  });

  it('that fails is told, keeps what was in force, and is made good as a whole', async () => {
    const { access, driver, source, later, timing } = await begun();
    source.underWay.set('one', [a]);
    driver.failures = 1;

    await assert.rejects(access.nodeChanged('one'), { message: 'The fake filter was told to fail' });
    const { mode } = driver.inForce;
    const { state, error, failures } = access.health();
    const waits = timing.waiting();
    await later();

    assert.equal(mode, 'closed');
    assert.deepEqual([state, failures], ['degraded', 1]);
    assert.match(error ?? '', /^access cannot be brought in line; what was in force before stays: /);
    assert.deepEqual(waits, [1000]);
    assert.deepEqual(driver.calls, ['change', 'whole']);
    assert.deepEqual([driver.answers(a), access.health().state, timing.waiting()], [true, 'ok', []]);
  });

  it('is not lost when the database does not answer', async () => {
    const { access, driver, source, later } = await begun();
    source.underWay.set('one', [a, c]);
    source.failures.nodes = 2;

    await assert.rejects(access.nodeChanged('one', [{ address: c }]), { message: /nodes were told to fail/ });
    await later();
    const between = [driver.inForce.mode, access.health().state];
    await later();

    assert.deepEqual(between, ['closed', 'degraded']);
    assert.deepEqual([...driver.inForce.allowed].sort(), [a, c]);
  });

  it('is put in force though the ports cannot be listed, and is not held up by a slow list', async () => {
    const { access, driver, source } = await begun();
    const list = Promise.withResolvers<void>();
    source.beforePorts = () => list.promise;
    const sync = access.syncAll();
    source.underWay.set('one', [c]);
    source.ports.set(c, { address: c });

    await access.nodeChanged('one', [{ address: c }]);
    const during = driver.answers(c);
    source.failures.ports = 1;
    list.resolve();
    await sync;

    assert.deepEqual([during, driver.answers(c)], [true, true]);
    assert.deepEqual(driver.calls, ['change', 'whole']);
    assert.match(
      access.health().error ?? '',
      /^the ports cannot be listed, the last list goes on being used: /,
    );
  });

  it('leaves out addresses of a wrong form', async () => {
    const { access, driver, source } = await begun();
    source.underWay.set('one', [a, '$(reboot)']);

    await access.nodeChanged('one', [{ address: '52:54:00:00:00:0D' }, { address: '../../etc/passwd' }]);

    assert.deepEqual(driver.inForce.allowed, new Set([a]));
    assert.deepEqual([...driver.inForce.denied].sort(), [b, '52:54:00:00:00:0d']);
  });
});

describe('a look at everything', () => {
  it('repairs what is in force, whether anything has changed or not', async () => {
    const { access, driver } = await begun();
    driver.inForce.mode = 'deny-list';

    await access.syncAll();

    assert.deepEqual(driver.calls, ['whole']);
    assert.equal(driver.inForce.mode, 'closed');
  });

  it('finds ports that have come and gone, and nodes of other conductors', async () => {
    const { access, driver, source } = await begun();
    source.ports.delete(b);
    source.ports.set(c, { address: c });
    source.underWay.set('one', [a]);

    await access.syncAll();

    assert.deepEqual(driver.inForce, { mode: 'deny-list', allowed: new Set([a]), denied: new Set([c]) });
  });

  it('keeps ports that were told of while the ports were listed', async () => {
    const { access, driver, source } = await begun();
    const list = Promise.withResolvers<void>();
    source.beforePorts = () => list.promise;
    const sync = access.syncAll();
    source.ports.set(c, { address: c });

    await access.nodeChanged('one', [{ address: c }]);
    list.resolve();
    await sync;

    assert.ok(driver.inForce.denied.has(c));
  });

  it('is done once for all who ask for it meanwhile', async () => {
    const { access, driver } = await begun();

    await Promise.all([access.syncAll(), access.syncAll(), access.syncAll()]);

    assert.deepEqual(driver.calls, ['whole']);
  });

  it('goes by the addresses under which ports of InfiniBand are seen', async () => {
    const seenAs = '02:00:00:00:00:01';
    const reads: number[] = [];
    const neighbours = async () => {
      reads.push(1);
      return (clientId: unknown) => (clientId === 'gid' ? seenAs : undefined);
    };
    const on = filter({ neighbours });
    on.source.ports.set(a, { address: a, extra: { 'client-id': 'gid' } });

    await on.access.begin();
    const denied = [...on.driver.inForce.denied].sort();
    on.source.underWay.set('one', [a]);
    await on.access.nodeChanged('one', [{ address: a, extra: { 'client-id': 'gid' } }]);
    await on.access.nodeChanged('one', [{ address: b, extra: {} }]);

    assert.equal(on.source.asked[0], 'ports uuid address extra');
    assert.deepEqual(denied, [seenAs, b]);
    assert.deepEqual(on.driver.inForce.allowed, new Set([seenAs]));
    assert.equal(reads.length, 2);
  });
});

describe('the end of PXE access', () => {
  it('undoes what is in force, and nothing more is put in force', async () => {
    const { access, driver, timing, told, source } = await begun();
    driver.failures = 1;
    source.underWay.set('one', [a]);
    await access.nodeChanged('one').catch(() => {});
    driver.calls.length = 0;

    await access.end();
    await access.end();
    await access.syncAll();

    assert.deepEqual(driver.calls, ['tearDown']);
    assert.deepEqual(timing.waiting(), []);
    assert.equal(access.health().state, 'stopped');
    assert.deepEqual(told.slice(-2), ['stopped', 'settled']);
    await assert.rejects(access.nodeChanged('one'), {
      kind: 'unavailable',
      message: 'The PXE filter fake has stopped',
    });
  });

  it('waits for a driver that is being made ready, and puts nothing in force then', async () => {
    const { access, driver } = filter();
    const ready = Promise.withResolvers<void>();
    driver.init = () => ready.promise;
    const beginning = access.begin();

    const ending = access.end();
    ready.resolve();
    await Promise.all([beginning, ending]);

    assert.deepEqual(driver.calls, ['tearDown']);
    await assert.rejects(access.nodeChanged('one'), { kind: 'unavailable' });
  });

  it('waits for what is being put in force', async () => {
    const { access, driver, source } = await begun();
    const apply = Promise.withResolvers<void>();
    driver.beforeApply = () => apply.promise;
    source.underWay.set('one', [a]);
    const told = access.nodeChanged('one');
    await nextTurn();

    const ending = access.end();
    await nextTurn();
    const calls = [...driver.calls];
    apply.resolve();
    await Promise.all([told, ending]);

    assert.deepEqual(calls, ['change']);
    assert.deepEqual(driver.calls, ['change', 'tearDown']);
  });

  it('leaves what is in force where that is asked for', async () => {
    const { access, driver, log } = await begun({ keepOnExit: true });

    await access.end();

    assert.deepEqual(driver.calls, []);
    assert.match(log.at('info').at(-1) ?? '', /what is in force stays, as \[pxe_filter\]keep_on_exit says/);
  });

  it('touches nothing when it was not begun', async () => {
    const { access, driver } = filter();

    await access.end();

    assert.deepEqual(driver.calls, []);
  });

  it('forgets about a list of ports that comes or fails afterwards', async () => {
    const { access, source, driver, told } = await begun();
    const list = Promise.withResolvers<void>();
    source.beforePorts = () => list.promise;
    source.failures.ports = 1;
    const sync = access.syncAll();
    await access.end();
    const before = told.length;

    list.resolve();
    await sync;

    assert.deepEqual(driver.calls, ['tearDown']);
    assert.equal(told.length, before);
    assert.equal(access.health().state, 'stopped');
  });
});
