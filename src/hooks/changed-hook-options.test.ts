import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from '../config/load-configuration.ts';
import { changedHookOptions } from './changed-hook-options.ts';
import { processingHookOptionGroups, processingHookOptionsOf } from './processing/built-ins.ts';

const configured = loadConfiguration([...processingHookOptionGroups]);
const changed = (texts: Parameters<typeof changedHookOptions>[1]) =>
  processingHookOptionsOf(changedHookOptions((group) => configured.get(group), texts));

describe('changed options of hooks', () => {
  it('are read as in a configuration file, and leave the others as they are', () => {
    const { processing, pci_devices, port_physnet } = changed({
      processing: { add_ports: 'all', overwrite_existing: 'no' },
      pci_devices: { alias: ['{"name": "a"}', '{"name": "b"}'] },
    });

    assert.deepEqual([processing.add_ports, processing.overwrite_existing], ['all', false]);
    assert.equal(processing.keep_ports, 'all');
    assert.deepEqual(pci_devices.alias, ['{"name": "a"}', '{"name": "b"}']);
    assert.deepEqual(port_physnet, processingHookOptionsOf((group) => configured.get(group)).port_physnet);
  });

  const wrong = [
    [
      'an option that there is not',
      { processing: { nothing: 'x' } },
      /^\[processing\]nothing: expected an option/,
    ],
    ['a section that is of no hook', { database: { connection: 'x' } }, /^\[database\]connection: expected/],
    ['a name of every object', { processing: { constructor: 'x' } }, /^\[processing\]constructor: expected/],
    [
      'a file',
      { accelerators: { known_devices: '/etc/shadow' } },
      /expected an option of a hook that names no file/,
    ],
    [
      'a value that is not allowed',
      { processing: { add_ports: 'some' } },
      /^\[processing\]add_ports: expected one of/,
    ],
    ['several values', { processing: { add_ports: ['all', 'pxe'] } }, /expected one value, got 2/],
  ] as const;
  for (const [title, texts, message] of wrong) {
    it(`cannot be ${title}`, () => {
      assert.throws(() => changed(texts), { kind: 'invalid', message });
    });
  }
});
