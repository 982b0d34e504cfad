import type { BootDevice } from '../machine/boot-device.ts';
import type { PowerControl } from '../machine/machine-power.ts';

/** ipmi_sim's words for boot devices; what an emulated machine has not got is refused. */
const bootDevices: Readonly<Record<string, BootDevice>> = {
  none: 'default',
  default: 'default',
  pxe: 'pxe',
  disk: 'disk',
};

/**
 * What ipmi_sim has done by a program, its `chassis_control`: `get PARAMETER...`, `set PARAMETER VALUE...` and
 * `check PARAMETER VALUE...`, with the parameters power, reset, shutdown and boot.
 *
 * @returns the lines to answer with, `PARAMETER:VALUE` for everything that was asked
 * @throws Error for what cannot be done
 */
export async function chassisControl(words: readonly string[], power: PowerControl): Promise<string[]> {
  const [operation, ...parameters] = words;
  if (operation === 'get') return parameters.map((parameter) => `${parameter}:${read(parameter, power)}`);
  for (let at = 0; at < parameters.length; at += 2) {
    const [parameter = '', value = ''] = parameters.slice(at);
    if (operation === 'set') await change(parameter, value, power);
    else if (operation !== 'check') throw new Error(`expected get, set or check, got '${operation}'`);
    else if (parameter === 'boot') bootDevice(value);
  }
  return [];
}

function read(parameter: string, power: PowerControl): string {
  if (parameter === 'power') return power.isOn() ? '1' : '0';
  if (parameter === 'boot') return power.boot().device;
  throw new Error(`expected power or boot, got '${parameter}'`);
}

async function change(parameter: string, value: string, power: PowerControl): Promise<void> {
  // ipmi_sim does not tell whether a boot device is meant for one start only.
  if (parameter === 'boot') return power.setBoot({ device: bootDevice(value), once: false });
  if (parameter === 'power') return value === '1' ? power.on() : power.off();
  if (parameter === 'reset') return power.reset();
  // The ramdisk does not listen to the power button, so that the plug is pulled.
  if (parameter === 'shutdown') return power.off();
  throw new Error(`expected power, reset, shutdown or boot, got '${parameter}'`);
}

function bootDevice(word: string): BootDevice {
  const device = Object.hasOwn(bootDevices, word) ? bootDevices[word] : undefined;
  if (device !== undefined) return device;
  throw new Error(`expected ${Object.keys(bootDevices).join(', ')}, got '${word}'`);
}
