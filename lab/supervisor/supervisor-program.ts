/**
 * The process behind a lab: runs in the lab's namespaces, brings everything up, and answers on the control socket. All
 * ends with it. Argument: folder of the lab.
 */
import { existsSync } from 'node:fs';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { labFolder } from '../setup/lab-folder.ts';
import { readSettings } from '../setup/lab-settings.ts';
import { bringUp, type LabInProgress } from './bring-up.ts';
import { serveControl } from './control-server.ts';
import { machineStatus } from './machine-status.ts';
import { labPrograms } from './programs.ts';

const folder = labFolder(process.argv[2] ?? '');
const programs = labPrograms(folder);
const lab: LabInProgress = {
  settings: readSettings(folder.settings),
  folder,
  programs,
  phase: 'beginning',
  machines: [],
};

try {
  await serveControl(folder.control, {
    machines: () => lab.machines,
    async status() {
      const machines = await Promise.all(lab.machines.map((one) => machineStatus(one, lab.settings)));
      return { phase: lab.phase, programs: programs.states(), machines };
    },
  });
  await bringUp(lab);
} catch (error) {
  process.stderr.write(`${error instanceof InspectorError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}

// A lab whose folder is gone could not be found any more.
setInterval(() => {
  if (!existsSync(folder.settings)) process.exit(0);
}, 2000);
