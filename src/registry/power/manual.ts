import { isObject } from '../../json/json-value.ts';
import type { Logger } from '../../logging/logger.ts';
import type { NodeDocument } from '../node-document.ts';
import { type PowerDriver, type PowerRequest, recordedPower, stateAfter } from './power-driver.ts';

/**
 * For machines that nothing but a hand can switch: the operator is told in the log what to do, and the
 * registry then takes it as done.
 */
export function manualPower(log: Logger): PowerDriver {
  return {
    name: 'manual',
    bootDevices: ['pxe', 'disk', 'cdrom', 'bios'],
    validate() {},
    async setPower(node, request) {
      // A warning is shown at every usual log level, and without the operator nothing goes on.
      log.warning(`Manual action needed: ${instruction(node, request)}`);
      return stateAfter(request);
    },
    async readPower(node) {
      return recordedPower(node);
    },
    async setBootDevice() {},
  };
}

function instruction(node: NodeDocument, request: PowerRequest): string {
  const machine = node.name === null ? `node ${node.uuid}` : `node ${node.uuid} (${node.name})`;
  if (stateAfter(request) === 'power off') return `switch off ${machine}`;
  const verb = request === 'power on' ? 'switch on' : 'restart, or switch on,';
  return `${verb} ${machine}${bootsFromNetwork(node) ? ' and let it boot from the network (PXE)' : ''}`;
}

function bootsFromNetwork({ driver_internal_info: info }: NodeDocument): boolean {
  return isObject(info.boot_device) && info.boot_device.device === 'pxe';
}
