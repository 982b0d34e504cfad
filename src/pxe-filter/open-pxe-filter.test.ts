import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeAccessSource } from '../../testing/fake-access-source.ts';
import { FakeFilterDriver } from '../../testing/fake-filter-driver.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { defaultsOf } from '../config/option.ts';
import { noopDriver } from './noop.ts';
import { openPxeFilter, type PxeFilterParts } from './open-pxe-filter.ts';
import { pxeFilterOptions } from './pxe-filter-options.ts';

function opened(parts: Partial<PxeFilterParts> = {}) {
  const source = new FakeAccessSource();
  const driver = new FakeFilterDriver();
  const log = recordingLogger();
  const told: string[] = [];
  const filter = openPxeFilter({
    driver,
    nodes: source.nodes,
    bareMetal: source.bareMetal,
    options: defaultsOf(pxeFilterOptions),
    discovery: false,
    ethoibInterfaces: [],
    clock: settableClock(),
    log,
    listener: { tell: ({ state }) => void told.push(state), settled: async () => void told.push('settled') },
    ...parts,
  });
  return { filter, source, driver, log, told };
}

describe('opening a PXE filter', () => {
  it('goes by the options', async () => {
    const options = { ...defaultsOf(pxeFilterOptions), deny_unknown_macs: true, keep_on_exit: true };
    const { filter, driver, source } = opened({ options });
    source.underWay.set('one', []);

    await filter.begin();
    await filter.end();

    assert.deepEqual(driver.calls, ['init', 'whole']);
    assert.equal(driver.inForce.mode, 'allow-list');
  });

  it('reads neighbours where there are interfaces for Ethernet over InfiniBand', async () => {
    const { filter, source, log } = opened({ ethoibInterfaces: ['no-such-interface'], discovery: true });

    await filter.begin();
    await filter.end();

    assert.equal(source.asked[0], 'ports uuid address extra');
    assert.deepEqual(log.at('error'), [
      'Interface no-such-interface is not Ethernet Over InfiniBand; Skipping ...',
    ]);
  });

  for (const driver of [noopDriver(), new FakeFilterDriver()]) {
    it(`refuses options that contradict each other, with ${driver.name} too`, () => {
      const options = { ...defaultsOf(pxeFilterOptions), deny_unknown_macs: true };

      assert.throws(() => opened({ driver, options, discovery: true }), {
        name: 'InspectorError',
        kind: 'invalid',
        message:
          'Configuration error: [pxe_filter]deny_unknown_macs isenabled and [processing]node_not_found_hook is enabled.These options cannot both be enabled simultaneously.',
      });
    });
  }

  it('asks for nothing with a driver that lets everybody be', async () => {
    const { filter, source, told } = opened({ driver: noopDriver() });

    await filter.begin();
    await filter.nodeChanged('one', [{ address: 'x' }]);
    await filter.syncAll();
    const { state, mode, driver } = filter.health();
    await filter.end();

    assert.deepEqual([filter.name, filter.wantsPeriodicSync, driver], ['noop', false, 'noop']);
    assert.deepEqual([state, mode], ['ok', null]);
    assert.deepEqual(source.asked, []);
    assert.deepEqual(told, ['ok', 'stopped', 'settled']);
  });
});
