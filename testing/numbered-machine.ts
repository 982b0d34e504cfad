import type { JsonObject, JsonValue } from '../src/json/json-value.ts';
import { ramdiskData } from './ramdisk-data-builder.ts';

/** One of many machines of the same kind. */
export interface NumberedMachine {
  /** Of the NICs eno1 (which it boots from), eno2 and eno3. */
  readonly macs: readonly [string, string, string];
  readonly bmcAddress: string;
  /** What its ramdisk posts, with the changes of `ramdiskData`. */
  data(changes?: Readonly<Record<string, JsonValue | undefined>>): JsonObject;
}

/** A machine with MAC and BMC addresses of its own; `number` is below 65,536. */
export function numberedMachine(number: number): NumberedMachine {
  const macs = [1, 2, 3].map((nic) => macOf(nic, number)) as [string, string, string];
  const bmcAddress = `10.0.${number >> 8}.${number & 0xff}`;
  return {
    macs,
    bmcAddress,
    data: (changes = {}) =>
      ramdiskData({
        'inventory.interfaces.0.mac_address': macs[0],
        'inventory.interfaces.1.mac_address': macs[1],
        'inventory.interfaces.2.mac_address': macs[2],
        'inventory.boot.pxe_interface': macs[0],
        'inventory.bmc_address': bmcAddress,
        boot_interface: `01-${macs[0].replaceAll(':', '-')}`,
        ...changes,
      }),
  };
}

function macOf(nic: number, number: number): string {
  const digits = number.toString(16).padStart(4, '0');
  return `52:54:00:0${nic}:${digits.slice(0, 2)}:${digits.slice(2)}`;
}
