import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InspectorError } from '../../src/errors/inspector-error.ts';

/** A virtual BMC that speaks IPMI. */
export interface IpmiBmc {
  /** Folder of its machine. */
  readonly machine: string;
  /** IPv4 address that it listens on, there already. */
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

const program = fileURLToPath(new URL('./chassis-control-program.ts', import.meta.url));

/**
 * Writes the settings of OpenIPMI's ipmi_sim into the machine's folder. The simulator must run in the network namespace of
 * the machine, as it switches the machine on.
 *
 * @param node The Node that runs the program that ipmi_sim calls
 * @throws InspectorError `invalid` for names, passwords and paths with quotes
 * @returns the command to start it; it runs until it is killed. Clients should be told to take cipher suite 3: finding
 *   out costs ipmitool 10 s a call
 */
export function ipmiSimulator(bmc: IpmiBmc, node: string): string[] {
  const folder = join(bmc.machine, 'ipmi');
  mkdirSync(join(folder, 'state'), { recursive: true });
  const [lan, emulator] = [join(folder, 'lan.conf'), join(folder, 'bmc.emu')];
  writeFileSync(lan, lanSettings(bmc, node), { mode: 0o600 });
  writeFileSync(emulator, `${emulatorCommands.join('\n')}\n`);
  // With no console, and keeping nothing: the machine's folder says all.
  return ['ipmi_sim', '-c', lan, '-f', emulator, '-s', join(folder, 'state'), '-n', '-p'];
}

/** Its own word for the BMC's address on the bus within the machine. */
const bus = '0x20';

/** A BMC by itself: device number, revisions, manufacturer and product are of no meaning. */
const emulatorCommands = [
  `mc_setbmc ${bus}`,
  `mc_add ${bus} 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02`,
  `mc_enable ${bus}`,
];

function lanSettings({ address, port, username, password, machine }: IpmiBmc, node: string): string {
  // The settings know no way to write these.
  const odd = [username, password, machine, node].find((word) => /["'\\\n]/.test(word));
  if (odd !== undefined) {
    throw new InspectorError(
      'invalid',
      'Expected names, passwords and paths without quotes, backslashes and newlines.',
    );
  }
  const control = [node, program, machine].map((word) => `'${word}'`).join(' ');
  const levels = ['callback', 'user', 'operator', 'admin'];
  const lines = [
    'name "lab"',
    `set_working_mc ${bus}`,
    'startlan 1',
    `addr ${address} ${port}`,
    'priv_limit admin',
    ...levels.map((level) => `allowed_auths_${level} none md2 md5 straight`),
    // Without it, nobody can open a session of IPMI 2.0.
    `guid ${createHash('md5').update(machine).digest('hex')}`,
    'endlan',
    `chassis_control "${control} ${bus}"`,
    'user 1 true "" "" user 10 none md2 md5 straight',
    `user 2 true "${username}" "${password}" admin 10 none md2 md5 straight`,
  ];
  return `${lines.join('\n')}\n`;
}
