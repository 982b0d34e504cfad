import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { fakeSysfs } from '../../testing/fake-sysfs.ts';
import { readBmc } from './bmc.ts';
import { type Machine, openMachine } from './machine.ts';
import type { CommandResult } from './run-command.ts';

const invalid: CommandResult = { outcome: 'exited', code: 1, stdout: '', stderr: 'Invalid channel: 5\nmore' };
const lan = (address: string, mac: string) =>
  `Set in Progress         : Set Complete\nIP Address Source       : Static Address\n` +
  `IP Address              : ${address}\nSubnet Mask             : 255.255.255.0\nMAC Address             : ${mac}\n` +
  `Default Gateway MAC     : 00:00:00:00:00:00\n`;
const noLan = lan('0.0.0.0', '00:00:00:00:00:00');
const enables = (value: string) => `IPv6/IPv4 Support\n  ...\nIPv6/IPv4 Addressing Enables : ${value}\n`;
const dynamic = (address: string, status = 'active') =>
  `\nIPv6 Dynamic Address 0:\n    Source/Type:    DHCPv6\n    Address:        ::/0\n    Status:         active\n` +
  `IPv6 Dynamic Address 1:\n    Source/Type:    SLAAC\n    Address:        ${address}\n    Status:         ${status}\n`;
const fixed = (address: string, enabled: string) =>
  `\nIPv6 Static Address 0:\n    Enabled:        ${enabled}\n    Address:        ${address}\n    Status:         active\n`;
const none = { address: null, v6address: null, mac: null };

type Commands = Readonly<Record<string, string | CommandResult>>;

/** A machine with a BMC whose channels are invalid unless the commands say otherwise. */
function machineWith(test: { after(hook: () => void): void }, commands: Commands): Machine {
  const channels = Array.from({ length: 11 }, (_, index) => [`ipmitool lan print ${index + 1}`, invalid]);
  const tree = fakeSysfs(test).files({ '/dev/ipmi0': '' });
  return openMachine(fakeSurroundings(tree, { commands: { ...Object.fromEntries(channels), ...commands } }));
}

describe('reading the BMC address', () => {
  it('asks ipmitool for the first channel with an address', async (t) => {
    const machine = machineWith(t, {
      'ipmitool lan print 1': noLan,
      'ipmitool lan print 2': lan('10.77.9.9', '52:54:00:99:00:09'),
      'ipmitool lan print 3': lan('10.77.9.10', '52:54:00:99:00:10'),
    });

    assert.deepEqual(await readBmc(machine), {
      address: '10.77.9.9',
      v6address: null,
      mac: '52:54:00:99:00:09',
    });
    assert.deepEqual(machine.notes.all(), []);
  });

  it('takes a dynamic IPv6 address before a static one', async (t) => {
    const machine = machineWith(t, {
      'ipmitool lan print 1': lan('10.77.9.9', '52:54:00:99:00:09'),
      'ipmitool lan6 print 1 enables': enables('both'),
      'ipmitool lan6 print 1 dynamic_addr': dynamic('2001:db8::9/64'),
      'ipmitool lan6 print 1 static_addr': fixed('2001:db8::5/64', 'yes'),
    });

    assert.equal((await readBmc(machine)).v6address, '2001:db8::9');
  });

  it('takes an enabled static IPv6 address of a BMC that has no IPv4 address', async (t) => {
    const machine = machineWith(t, {
      'ipmitool lan print 1': lan('0.0.0.0', '52:54:00:99:00:09'),
      'ipmitool lan6 print 1 enables': enables('ipv6'),
      'ipmitool lan6 print 1 dynamic_addr': dynamic('2001:db8::9/64', 'pending'),
      'ipmitool lan6 print 1 static_addr': fixed('2001:db8::5/64', 'yes'),
    });

    assert.deepEqual(await readBmc(machine), {
      address: null,
      v6address: '2001:db8::5',
      mac: '52:54:00:99:00:09',
    });
  });

  it('is null without any address (agent-bmc-null)', async (t) => {
    const machine = machineWith(t, {
      'ipmitool lan print 1': noLan,
      'ipmitool lan6 print 1 enables': enables('both'),
      'ipmitool lan6 print 1 static_addr': fixed('2001:db8::5/64', 'no'),
      'ipmitool lan print 2': lan('unknown', '52:54:00:99:00:09'),
      'ipmitool lan6 print 2 enables': enables('ipv4'),
    });

    assert.deepEqual(await readBmc(machine), none);
  });

  it('says that the machine has no IPMI device', async (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t)));

    assert.deepEqual(await readBmc(machine), none);
    assert.match(machine.notes.all()[0]?.remedy ?? '', /ipmi_devintf/);
  });

  it('says that ipmitool is not installed', async (t) => {
    const machine = openMachine(fakeSurroundings(fakeSysfs(t).files({ '/dev/ipmi/0': '' })));

    assert.deepEqual(await readBmc(machine), none);
    assert.match(machine.notes.all()[0]?.reason ?? '', /ipmitool is not installed/);
  });

  it('gives up on an ipmitool that hangs', async (t) => {
    const hanging = { outcome: 'failed', reason: 'no answer within 10 s' } as const;
    const machine = machineWith(t, {
      'ipmitool lan print 1': lan('10.77.9.9', '52:54:00:99:00:09'),
      'ipmitool lan print 2': hanging,
      'ipmitool lan print 3': lan('10.77.9.10', '52:54:00:99:00:10'),
    });

    assert.equal((await readBmc(machine)).address, '10.77.9.9');
    assert.match(machine.notes.all()[0]?.reason ?? '', /no answer within 10 s/);
  });

  it('says why no channel answers', async (t) => {
    const machine = machineWith(t, {});

    assert.deepEqual(await readBmc(machine), none);
    assert.match(machine.notes.all()[0]?.reason ?? '', /no LAN channel: Invalid channel: 5$/);
  });
});
