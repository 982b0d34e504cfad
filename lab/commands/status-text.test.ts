import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusText } from './status-text.ts';

describe('statusText', () => {
  it('shows machines and programs, and the error of an introspection', () => {
    const machine = { power: 'off', mac: '52:54:00:24:42:01', bmc: 'redfish 172.24.42.11' } as const;
    const text = statusText({
      phase: 'ready',
      programs: [{ name: 'service', state: 'running' }],
      machines: [
        { name: 'node-1', ...machine, node: 'uuid', introspection: 'error', error: 'no disks' },
        { name: 'stranger', ...machine, node: null, introspection: null, error: null },
      ],
    });

    assert.equal(
      text,
      `Lab: ready

Machines
  name      power  MAC                BMC                   node  introspection
  node-1    off    52:54:00:24:42:01  redfish 172.24.42.11  uuid  error          no disks
  stranger  off    52:54:00:24:42:01  redfish 172.24.42.11  -     -

Programs
  service  running
`,
    );
  });
});
