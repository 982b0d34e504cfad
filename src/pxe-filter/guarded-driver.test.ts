// Shows these lines of docs/compatibility.md: filter-failure-resets-nothing.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FakeFilterDriver } from '../../testing/fake-filter-driver.ts';
import type { Access } from './access.ts';
import { guardedDriver } from './guarded-driver.ts';

const nobody: Access = { mode: 'closed', allowed: new Set(), denied: new Set() };
const everybody: Access = { mode: 'deny-list', allowed: new Set(), denied: new Set() };
const refused = (state: string, event: string) => ({
  name: 'InspectorError',
  message: `The PXE filter driver fake, state=${state}: my fsm encountered an exception: Can not transition from state '${state}' on event '${event}' (no defined transition)`,
});

describe('a guarded filter driver', () => {
  it('puts nothing in force before it is made ready, nor after it was torn down', async () => {
    const fake = new FakeFilterDriver();
    const driver = guardedDriver(fake);

    await assert.rejects(driver.apply(nobody), refused('uninitialized', 'sync'));
    await driver.init();
    await driver.apply(nobody);
    await driver.tearDown();
    await driver.tearDown();
    await assert.rejects(driver.apply(nobody), refused('uninitialized', 'sync'));

    assert.deepEqual(fake.calls, ['init', 'whole', 'tearDown', 'tearDown']);
  });

  it('is made ready once, and again after it was torn down', async () => {
    const driver = guardedDriver(new FakeFilterDriver());
    await driver.init();

    await assert.rejects(driver.init(), refused('initialized', 'initialize'));
    await driver.tearDown();
    await driver.init();
  });

  it('is not ready when making it so has failed', async () => {
    const fake = new FakeFilterDriver();
    const init = fake.init.bind(fake);
    fake.init = async () => {
      fake.init = init;
      throw new Error('not yet');
    };
    const driver = guardedDriver(fake);

    await assert.rejects(driver.init(), { message: 'not yet' });
    await assert.rejects(driver.apply(nobody), refused('uninitialized', 'sync'));
    await driver.init();
    await driver.apply(nobody);
  });

  it('goes on after a failure, which resets nothing', async () => {
    const fake = new FakeFilterDriver();
    const driver = guardedDriver(fake);
    await driver.init();
    await driver.apply(everybody);
    fake.failures = 1;

    await assert.rejects(driver.apply(nobody), { kind: 'unavailable' });
    const between = fake.inForce.mode;
    await driver.apply(nobody);

    assert.deepEqual([between, fake.inForce.mode], ['deny-list', 'closed']);
  });

  it('is never called twice at the same time', async () => {
    const fake = new FakeFilterDriver();
    let running = 0;
    let most = 0;
    fake.beforeApply = async () => {
      running += 1;
      most = Math.max(most, running);
      await nextTurn();
      running -= 1;
    };
    const driver = guardedDriver(fake);

    await Promise.all([driver.init(), driver.apply(nobody), driver.apply(everybody), driver.tearDown()]);

    assert.equal(most, 1);
    assert.deepEqual(fake.calls, ['init', 'whole', 'whole', 'tearDown']);
  });

  it('says of itself what the driver says', () => {
    const { name, wantsPeriodicSync, ignoresAccess } = guardedDriver(new FakeFilterDriver());

    assert.deepEqual([name, wantsPeriodicSync, ignoresAccess], ['fake', true, false]);
  });
});
