/** Run by ipmi_sim for what its users want of the machine. Arguments: folder of the machine, BMC, what to do. */
import { messageOf } from '../../src/errors/inspector-error.ts';
import { machinePower } from '../machine/machine-power.ts';
import { chassisControl } from './chassis-control.ts';

const [folder = '', _bmc, ...words] = process.argv.slice(2);

try {
  for (const line of await chassisControl(words, machinePower(folder))) process.stdout.write(`${line}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
