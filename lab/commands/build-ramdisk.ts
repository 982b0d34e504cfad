import { startProgress } from '../../src/commands/demo/progress.ts';
import { bytesText } from '../../src/commands/demo/quantity.ts';
import { buildRamdisk } from '../ramdisk/build-ramdisk.ts';
import { runProgram } from '../run-program.ts';
import { ramdiskPackages } from '../setup/needed-packages.ts';
import type { LabCommand } from './lab-command.ts';
import { installMissing, kernelCache } from './start-lab.ts';

/** `lab build-ramdisk` */
export const buildRamdiskCommand: LabCommand = (program, on) => {
  program
    .command('build-ramdisk')
    .description('builds the ramdisk, for other networks than that of the lab')
    .argument('<folder>', 'where vmlinuz and initrd go')
    .action((folder: string) => {
      // Who is not root is told what to install, if it is needed.
      if (on.userId === 0) installMissing(ramdiskPackages, on, startProgress(on));
      const built = buildRamdisk({ cache: kernelCache(on), folder: on.pathOf(folder), run: runProgram });
      on.write(`${built.kernel}\n${built.initrd}\n${bytesText(built.bytes)} together\n`);
    });
};
