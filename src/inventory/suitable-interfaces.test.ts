import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { silentLogger } from '../logging/logger.ts';
import type { InterfaceEntry } from './interface-table.ts';
import { type AddPorts, suitableInterfaces } from './suitable-interfaces.ts';

const log = silentLogger();
const bootMac = '52:54:00:aa:bb:01';

function entry(ip: string | null, pxe = false): InterfaceEntry {
  return { ip, mac: pxe ? bootMac : '52:54:00:aa:bb:ff', client_id: null, pxe };
}

function names(
  table: Record<string, InterfaceEntry>,
  addPorts: AddPorts,
  pxeMac: string | undefined,
): string[] {
  return [...suitableInterfaces(new Map(Object.entries(table)), addPorts, pxeMac, log).keys()];
}

describe('suitableInterfaces', () => {
  const table = {
    boot: entry('198.51.100.1', true),
    other: entry('2001:db8::1'),
    idle: entry(null),
    lo: entry('198.51.100.9'),
    lo4: entry('127.3.2.1'),
    lo6: entry('::1'),
  };

  it('takes the boot NIC alone for pxe', () => {
    assert.deepEqual(names(table, 'pxe', bootMac), ['boot']);
  });

  it('takes all with an address for pxe when the boot NIC is unknown, with a warning', () => {
    const recording = recordingLogger();

    const suitable = suitableInterfaces(new Map(Object.entries(table)), 'pxe', undefined, recording);

    assert.deepEqual([...suitable.keys()], ['boot', 'other']);
    assert.equal(recording.at('warning').length, 1);
  });

  it('takes all with an address for active and for disabled', () => {
    assert.deepEqual(names(table, 'active', bootMac), ['boot', 'other']);
    assert.deepEqual(names(table, 'disabled', bootMac), ['boot', 'other']);
  });

  it('takes those without an address for all, too', () => {
    assert.deepEqual(names(table, 'all', bootMac), ['boot', 'other', 'idle']);
  });

  it('does not take a boot NIC without an address', () => {
    assert.deepEqual(names({ boot: entry(null, true) }, 'pxe', bootMac), []);
  });

  it('takes nothing when the boot NIC is known but not there', () => {
    assert.deepEqual(names({ other: entry('198.51.100.1') }, 'pxe', bootMac), []);
  });

  it('refuses an address that is none, but on lo', () => {
    assert.deepEqual(names({ lo: entry('junk') }, 'all', undefined), []);
    assert.throws(() => names({ a: entry('not-an-ip') }, 'all', undefined), {
      kind: 'invalid',
      message:
        'Expected an IPv4 or IPv6 address of an interface, got {"interface":"a","address":"not-an-ip"}',
    });
  });
});
