import { type PowerDriver, recordedPower, stateAfter } from './power-driver.ts';

/** Switches nothing and remembers what it was asked for; for tests, and for machines managed elsewhere. */
export function fakePower(): PowerDriver {
  return {
    name: 'fake',
    bootDevices: ['pxe', 'disk', 'cdrom', 'bios'],
    validate() {},
    async setPower(_node, request) {
      return stateAfter(request);
    },
    async readPower(node) {
      return recordedPower(node);
    },
    async setBootDevice() {},
  };
}
