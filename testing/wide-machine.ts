import type { JsonObject } from '../src/json/json-value.ts';
import { numberedMachine } from './numbered-machine.ts';
import { nic } from './ramdisk-data-builder.ts';

/** A machine whose document takes its time: with `add_ports = all` each of its NICs becomes a port. */
export interface WideMachine {
  readonly bmcAddress: string;
  /** Of the NIC that it boots from; the others begin like it. */
  readonly firstMac: string;
  readonly data: JsonObject;
  readonly width: number;
}

/** A machine with so many NICs; `number` is below 256. */
export function wideMachine(number: number, width = 200): WideMachine {
  const machine = numberedMachine(60_000 + number);
  const interfaces = Array.from({ length: width }, (_, i) =>
    nic({ name: `eth${i}`, mac_address: macOf(number, i) }),
  );
  const data = machine.data({
    'inventory.interfaces': interfaces,
    'inventory.boot.pxe_interface': macOf(number, 0),
    boot_interface: macOf(number, 0),
  });
  return { bmcAddress: machine.bmcAddress, firstMac: macOf(number, 0), data, width };
}

function macOf(number: number, nicNumber: number): string {
  const digits = `02cc${[number, nicNumber >> 16, nicNumber >> 8, nicNumber].map(byteOf).join('')}`;
  return digits.replaceAll(/..(?=.)/g, '$&:');
}

function byteOf(number: number): string {
  return (number & 0xff).toString(16).padStart(2, '0');
}
