import type { BootDevice } from './boot-device.ts';
import {
  type MachineDescription,
  type MachineDisk,
  type MachineInterface,
  machinePaths,
} from './machine-description.ts';

/** UEFI's program of Debian's package ovmf, and the variables that it begins with. */
export const uefiFirmware = {
  program: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
} as const;

/**
 * The command line that switches a machine on. QEMU goes into the background when the machine runs, and ends when the
 * machine switches itself off or restarts: only then does a change of the boot device count.
 */
export function qemuCommand(machine: MachineDescription, boot: BootDevice): string[] {
  const paths = machinePaths(machine.folder);
  return [
    ['qemu-system-x86_64', '-accel', 'tcg,thread=multi', '-cpu', 'max'],
    // Without graphics the firmware writes to the serial port.
    ['-M', 'q35,graphics=off', '-display', 'none', '-vga', 'none', '-nodefaults', '-no-user-config'],
    ['-name', machine.name, '-m', String(machine.memory), '-smp', String(machine.cpus)],
    ['-daemonize', '-pidfile', paths.pid, '-no-reboot'],
    serialPort(machine),
    firmware(machine),
    identity(machine),
    // Only what has a boot index is booted from.
    ['-boot', 'strict=on'],
    machine.interfaces.flatMap((card, index) => networkCard(card, index, boot, machine)),
    machine.bootsByHttp === true ? withoutPxe : [],
    machine.disks.flatMap((disk, index) => diskDrive(disk, index, boot, paths.disk(index))),
  ].flat();
}

function serialPort({ folder }: MachineDescription): string[] {
  const { consoleSocket, consoleLog } = machinePaths(folder);
  const port = `socket,id=console,path=${consoleSocket},server=on,wait=off,logfile=${consoleLog},logappend=on`;
  return ['-chardev', port, '-serial', 'chardev:console'];
}

function firmware({ firmware: kind, folder }: MachineDescription): string[] {
  if (kind === 'bios') return [];
  const flash = (file: string, access: 'on' | 'off') => [
    '-drive',
    `if=pflash,format=raw,readonly=${access},file=${file}`,
  ];
  return [flash(uefiFirmware.program, 'on'), flash(machinePaths(folder).firmwareVariables, 'off')].flat();
}

function identity({ serialNumber, bmcAddress }: MachineDescription): string[] {
  // A comma within a value is doubled.
  const quoted = (text: string) => text.replaceAll(',', ',,');
  const system = `type=1,manufacturer=Lab,product=Emulated machine,serial=${quoted(serialNumber)}`;
  const strings = bmcAddress === undefined ? [] : [`type=11,value=lab-bmc-address=${quoted(bmcAddress)}`];
  return [system, ...strings].flatMap((table) => ['-smbios', table]);
}

/** OVMF tries PXE first, and for long; these switch it off. */
const withoutPxe = ['IPv4PXESupport', 'IPv6PXESupport'].flatMap((option) => [
  '-fw_cfg',
  `name=opt/org.tianocore/${option},string=no`,
]);

function networkCard(
  { mac, tap }: MachineInterface,
  index: number,
  boot: BootDevice,
  { bootsByHttp }: MachineDescription,
): string[] {
  // An empty ROM takes iPXE off the card.
  const rom = bootsByHttp === true ? ',romfile=' : '';
  const order = index === 0 && boot !== 'disk' ? `,bootindex=${boot === 'pxe' ? 1 : 90}` : '';
  const plug = `tap,id=network${index},ifname=${tap},script=no,downscript=no`;
  return ['-netdev', plug, '-device', `virtio-net-pci,netdev=network${index},mac=${mac}${rom}${order}`];
}

function diskDrive({ bus }: MachineDisk, index: number, boot: BootDevice, file: string): string[] {
  const serial = `disk-${index}`;
  const device = bus === 'nvme' ? 'nvme' : 'virtio-blk-pci';
  const order = boot === 'pxe' ? '' : `,bootindex=${index + 10}`;
  const drive = `if=none,id=${serial},format=raw,file=${file}`;
  return ['-drive', drive, '-device', `${device},drive=${serial},serial=${serial}${order}`];
}
