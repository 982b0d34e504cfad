import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What introduces itself at the other end of the machines' cables. */
export interface LldpSwitch {
  /** Folder for its files; there already, and everybody may pass to it, as lldpd gives its rights away early. */
  readonly folder: string;
  /** Name of the system, which machines report. */
  readonly name: string;
  /** Names of the devices to speak on; each tells its own name as the description of the port. */
  readonly devices: readonly string[];
}

/**
 * Writes the settings of lldpd (Debian's package of that name, run as root) for a frame every second, so that no machine
 * waits long.
 *
 * @returns the command to start it in the network namespace of the devices; it runs until it is killed
 */
export function lldpSwitch({ folder, name, devices }: LldpSwitch): string[] {
  const settings = join(folder, 'lldpd.conf');
  writeFileSync(settings, `configure lldp tx-interval 1\nconfigure system hostname ${name}\n`);
  const socket = join(folder, 'lldpd.sock');
  return ['lldpd', '-d', '-I', devices.join(','), '-u', socket, '-O', settings];
}
