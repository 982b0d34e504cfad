import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../testing/fake-bare-metal.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { settableClock } from '../testing/settable-clock.ts';
import { testDatabase } from '../testing/test-database.ts';
import { readConfiguration } from './configuration.ts';
import { introspectionOver } from './introspection-over.ts';

/** Introspection as this configuration wants it. */
async function over(text: string) {
  const log = recordingLogger();
  const introspection = introspectionOver({
    database: await testDatabase(),
    config: readConfiguration({
      files: [{ path: '/x.conf', text: `[pxe_filter]\ndriver = noop\n${text}` }],
    }),
    bareMetal: new FakeBareMetal(),
    background: { submit: () => {} },
    clock: settableClock(),
    log,
    ended: async () => {},
  });
  return { introspection, log };
}

describe('introspectionOver', () => {
  it('takes hooks, store and filter from the configuration, and says which', async () => {
    const { introspection, log } = await over(
      '[processing]\nprocessing_hooks = $default_processing_hooks\nnode_not_found_hook = enroll\nstore_data = database',
    );

    const names = introspection.hooks.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['ramdisk_error', 'root_disk_selection']);
    assert.equal(introspection.nodeNotFoundHook?.name, 'enroll');
    assert.equal(introspection.data.name, 'database');
    assert.deepEqual(log.lines, [
      `info: Processing hooks: ${names.join(', ')}`,
      'info: Node-not-found hook: enroll; introspection data store: database; PXE filter: noop',
    ]);
  });

  it('works without any hook', async () => {
    const { introspection, log } = await over('[processing]\nprocessing_hooks =\nnode_not_found_hook =');

    assert.deepEqual(introspection.hooks, []);
    assert.equal(introspection.nodeNotFoundHook, undefined);
    assert.equal(log.lines[0], 'info: Processing hooks: none');
    assert.match(log.lines[1] ?? '', /^info: Node-not-found hook: none/);
  });

  it('warns when what ramdisks send is not kept', async () => {
    const { introspection, log } = await over('[processing]\nstore_data = none');

    assert.equal(introspection.data.keeps, false);
    assert.deepEqual(log.at('warning'), [
      'Data that ramdisks send will not be kept: [processing]store_data is none',
    ]);
  });

  it('hands on the options that introspection itself goes by', async () => {
    const { introspection } = await over(
      'deny_unknown_macs = false\n[DEFAULT]\ntimeout = 17\nipmi_address_fields = a,b\n[processing]\npower_off = false\npermit_active_introspection = true',
    );

    assert.deepEqual(introspection.settings, {
      powerOff: false,
      permitActive: true,
      timeout: 17,
      lockWait: 25_000,
      retryInterval: 1000,
    });
    assert.deepEqual(introspection.bmc.fields, ['a', 'b']);
  });

  it('looks addresses of BMCs up', async () => {
    const { introspection } = await over('');

    assert.deepEqual(await introspection.bmc.resolve('127.0.0.1'), [{ address: '127.0.0.1', family: 4 }]);
  });

  for (const [text, message] of [
    [
      '[processing]\nprocessing_hooks = scheduler,no_such',
      'The following hook(s) are missing or failed to load: no_such',
    ],
    [
      '[processing]\nnode_not_found_hook = no_such',
      '[processing]node_not_found_hook: expected one of enroll, example, got "no_such"',
    ],
    ['[processing]\nstore_data = no_such', /^\[processing\]store_data: expected one of .*, got "no_such"/],
    ['driver = no_such', /^\[pxe_filter\]driver: expected one of .*, got "no_such"/],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} (docs/compatibility.md, not-found-hook-unknown)`, async () => {
      await assert.rejects(over(text), { name: 'InspectorError', kind: 'invalid', message });
    });
  }
});
