import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../src/json/json-value.ts';
import { largeMachine, type MachineSize } from '../../testing/large-machine.ts';

/** Machines that post documents of one size; each has addresses and serial numbers of its own. */
export interface Payload {
  /** `60 KiB` */
  readonly name: string;
  readonly bytes: number;
  /** What the machine's ramdisk posts. */
  of(machine: number): Buffer;
}

/** The documents that are measured: of a small virtual machine, a server, and a storage server full of disks. */
export const payloadSizes = {
  '4 KiB': { bytes: 4 * 1024, machine: { disks: 1, nics: 1 } },
  '60 KiB': { bytes: 60 * 1024, machine: { disks: 12, nics: 4 } },
  '2 MiB': { bytes: 2 * 1024 * 1024, machine: { disks: 900, nics: 64 } },
} as const satisfies Record<string, { readonly bytes: number; readonly machine: MachineSize }>;

export type PayloadName = keyof typeof payloadSizes;

/** What large machines have in their MAC addresses where ours have their number. */
const sharedBytes = 'dd:00:00';
const anyBmcAddress = '10.100.100.100';
const serialToken = '@@@@@@@@';

/**
 * Documents of exactly this size, filled up with what the extra-hardware collector finds. The text is made once; a
 * copy for a machine only has other bytes where addresses and serial numbers are, so that it costs next to nothing.
 */
export function payloadOf(name: PayloadName): Payload {
  const { bytes, machine } = payloadSizes[name];
  const template = Buffer.from(filledDocument(machine, bytes), 'latin1');
  const stamps = [
    { token: sharedBytes, stamp: machineBytes },
    { token: anyBmcAddress, stamp: bmcAddressOf },
    { token: serialToken, stamp: (number: number) => number.toString(16).padStart(8, '0') },
  ].map(({ token, stamp }) => ({ places: placesOf(template, token), stamp }));
  return {
    name,
    bytes: template.length,
    of(number) {
      const copy = Buffer.from(template);
      for (const { places, stamp } of stamps) {
        const text = stamp(number);
        for (const place of places) copy.write(text, place, 'latin1');
      }
      return copy;
    },
  };
}

/** The MAC address that the machine boots from. */
export function bootMacOf(machine: number): string {
  return `02:${machineBytes(machine)}:00:00`;
}

/** Always as long; there are 156 ** 3 of them. */
export function bmcAddressOf(machine: number): string {
  const part = (divisor: number) => 100 + (Math.floor(machine / divisor) % 156);
  return `10.${part(156 * 156)}.${part(156)}.${part(1)}`;
}

/** Random by its look, as real ones are. */
export function machineUuid(machine: number): string {
  const digits = createHash('md5').update(`benchmark ${machine}`).digest('hex');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

function machineBytes(machine: number): string {
  return machine
    .toString(16)
    .padStart(6, '0')
    .replaceAll(/..(?=.)/g, '$&:');
}

function filledDocument(size: MachineSize, bytes: number): string {
  const { data } = largeMachine(size);
  const inventory = data.inventory as JsonObject;
  const disks = inventory.disks as JsonObject[];
  const collected = data.data as JsonValue[];
  const document = {
    ...data,
    inventory: {
      ...inventory,
      bmc_address: anyBmcAddress,
      system_vendor: { manufacturer: 'Example', product_name: 'R1', serial_number: serialToken },
      disks: disks.map((disk, number) => ({ ...disk, serial: `${serialToken}-${number}` })),
    },
    data: collected,
  };
  let length = JSON.stringify(document).length;
  for (let number = 0; ; number++) {
    const item = ['cpu', `logical_${number}`, 'bandwidth', `${serialToken}.${number}`];
    const added = JSON.stringify(item).length + 1;
    if (length + added > bytes) break;
    collected.push(item);
    length += added;
  }
  return JSON.stringify({ ...document, logs: `bG9ncw==${'A'.repeat(bytes - length)}` });
}

function placesOf(template: Buffer, token: string): number[] {
  const places: number[] = [];
  for (let at = template.indexOf(token); at !== -1; at = template.indexOf(token, at + 1)) places.push(at);
  return places;
}
