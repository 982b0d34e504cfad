import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MachineDescription } from './machine-description.ts';
import { qemuCommand } from './qemu-command.ts';

const machine: MachineDescription = {
  name: 'node-1',
  folder: '/lab/node-1',
  firmware: 'bios',
  memory: 512,
  cpus: 2,
  interfaces: [
    { mac: '52:54:00:00:00:01', tap: 'tap1' },
    { mac: '52:54:00:00:00:02', tap: 'tap2' },
  ],
  disks: [
    { bus: 'virtio', gibibytes: 1 },
    { bus: 'nvme', gibibytes: 2 },
  ],
  serialNumber: 'one,two',
};

/** The values of an option, in order. */
function valuesOf(option: string, command: readonly string[]): (string | undefined)[] {
  return command.flatMap((word, index) => (word === option ? [command[index + 1]] : []));
}

describe('qemuCommand', () => {
  it('plugs in network cards and disks', () => {
    const command = qemuCommand(machine, 'default');

    assert.equal(command[0], 'qemu-system-x86_64');
    assert.deepEqual(valuesOf('-netdev', command), [
      'tap,id=network0,ifname=tap1,script=no,downscript=no',
      'tap,id=network1,ifname=tap2,script=no,downscript=no',
    ]);
    assert.deepEqual(valuesOf('-drive', command), [
      'if=none,id=disk-0,format=raw,file=/lab/node-1/disk-0.raw',
      'if=none,id=disk-1,format=raw,file=/lab/node-1/disk-1.raw',
    ]);
    assert.deepEqual(valuesOf('-smp', command), ['2']);
    assert.deepEqual(valuesOf('-pidfile', command), ['/lab/node-1/qemu.pid']);
  });

  const orders = {
    default: [90, undefined, 10, 11],
    pxe: [1, undefined, undefined, undefined],
    disk: [undefined, undefined, 10, 11],
  } as const;
  for (const [device, order] of Object.entries(orders)) {
    it(`boots in the order of ${device}`, () => {
      const devices = valuesOf('-device', qemuCommand(machine, device as keyof typeof orders));

      assert.deepEqual(
        devices.map((text) => /bootindex=(\d+)/.exec(text ?? '')?.[1]).map((index) => index && Number(index)),
        order,
      );
    });
  }

  it('tells the guest its serial number and the address of its BMC', () => {
    const command = qemuCommand({ ...machine, bmcAddress: '10.77.9.1' }, 'pxe');

    assert.deepEqual(valuesOf('-smbios', command), [
      'type=1,manufacturer=Lab,product=Emulated machine,serial=one,,two',
      'type=11,value=lab-bmc-address=10.77.9.1',
    ]);
    assert.equal(valuesOf('-smbios', qemuCommand(machine, 'pxe')).length, 1);
  });

  it('gives a UEFI machine its firmware, with variables of its own', () => {
    const drives = valuesOf('-drive', qemuCommand({ ...machine, firmware: 'uefi', disks: [] }, 'pxe'));

    assert.deepEqual(drives, [
      'if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd',
      'if=pflash,format=raw,readonly=off,file=/lab/node-1/firmware-variables.fd',
    ]);
  });

  it('has UEFI boot by HTTP, with no iPXE on the card', () => {
    const command = qemuCommand({ ...machine, firmware: 'uefi', bootsByHttp: true }, 'pxe');

    assert.match(valuesOf('-device', command)[0] ?? '', /,romfile=,bootindex=1$/);
    assert.deepEqual(valuesOf('-fw_cfg', command), [
      'name=opt/org.tianocore/IPv4PXESupport,string=no',
      'name=opt/org.tianocore/IPv6PXESupport,string=no',
    ]);
  });
});
