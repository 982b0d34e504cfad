import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Command } from 'commander';
import { machineNames } from '../setup/lab-settings.ts';
import { nextSteps } from './next-steps.ts';
import { settingsOf, type UpOptions, withUpOptions } from './up-options.ts';

function parsed(...words: string[]) {
  const options = withUpOptions(new Command().exitOverride())
    .parse(words, { from: 'user' })
    .opts<UpOptions>();
  return { options, settings: settingsOf(options) };
}

describe('the options of "lab up"', () => {
  it('have defaults', () => {
    assert.deepEqual(parsed().settings, {
      nodes: 3,
      driver: 'nftables',
      ironic: 'registry',
      bmc: 'redfish',
      firmware: 'bios',
      discovery: false,
      denyUnknownMacs: false,
      split: false,
      options: [],
    });
  });

  it('are settings, of which --set may be repeated', () => {
    const { settings } = parsed(
      '--nodes',
      '2',
      '--discovery',
      '--set',
      'DEFAULT.timeout=8',
      '--set',
      'a.b=c=d',
    );

    assert.deepEqual(settings.options, ['DEFAULT.timeout=8', 'a.b=c=d']);
    assert.deepEqual(machineNames(settings), ['node-1', 'node-2', 'stranger']);
  });

  it('lead to commands that fit', () => {
    const { options } = parsed('--nodes', '2', '--ironic', 'real', '--state', '/srv/lab');

    const text = nextSteps(options);

    assert.match(text, /run --state \/srv\/lab openstack baremetal node inspect node-2 --wait/);
    assert.match(
      nextSteps(parsed().options),
      /lab -- run ironic-inspector-client introspection start --wait node-3/,
    );
  });
});
