import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../../src/configuration.ts';
import { labSettings } from '../../testing/lab-settings.ts';
import { labFolder } from '../setup/lab-folder.ts';
import type { LabSettings } from '../setup/lab-settings.ts';
import { labServiceConfiguration, type SplitParts } from './service-configuration.ts';

const settings = labSettings({ driver: 'nftables', denyUnknownMacs: true });

function valuesOf(changes: Partial<LabSettings>, names: readonly string[], split?: SplitParts): string[] {
  const text = labServiceConfiguration({ ...settings, ...changes }, labFolder('/run/lab'), split);
  // What the service itself would refuse is found here.
  readConfiguration({ files: [{ path: 'lab.conf', text }] });
  return names.map((name) => [...text.matchAll(new RegExp(`^${name} = (.*)$`, 'gm'))].at(-1)?.[1] ?? 'unset');
}

describe("the configuration of the lab's service", () => {
  it('is one that the service takes, with the registry or a real Ironic', () => {
    assert.deepEqual(valuesOf({}, ['service', 'driver', 'deny_unknown_macs', 'dnsmasq_interface']), [
      'registry',
      'nftables',
      'true',
      'br-lab',
    ]);
    assert.deepEqual(valuesOf({ ironic: 'real' }, ['service', 'endpoint_override']), [
      'ironic',
      'http://127.0.0.1:6385',
    ]);
  });

  it('takes unknown machines in for discovery', () => {
    const names = ['node_not_found_hook', 'enroll_node_driver'];

    assert.deepEqual(valuesOf({}, names), ['unset', 'fake-hardware']);
    assert.deepEqual(valuesOf({ discovery: true, denyUnknownMacs: false }, names), [
      'enroll',
      'fake-hardware',
    ]);
  });

  it('lets options win that are set', () => {
    const options = ['DEFAULT.timeout=8', 'pxe_filter.sync_period=1'];

    assert.deepEqual(valuesOf({ options }, ['timeout', 'sync_period']), ['8', '1']);
  });

  it('names the servers between API and conductor', () => {
    const split = {
      connection: 'postgresql://u:p$@127.0.0.1/d',
      transportUrl: 'rabbit://u:p@127.0.0.1:5672/',
    };

    assert.deepEqual(valuesOf({ split: true }, ['standalone', 'connection', 'transport_url'], split), [
      'false',
      'postgresql://u:p$$@127.0.0.1/d',
      'rabbit://u:p@127.0.0.1:5672/',
    ]);
  });
});
