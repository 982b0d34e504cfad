import { Option } from 'commander';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabConsole } from '../lab-console.ts';
import { defaultFolder, type LabFolder, labFolder } from '../setup/lab-folder.ts';
import { runningLab } from '../setup/lab-process.ts';

/** What every command has that deals with a lab. */
export interface StateOption {
  readonly state: string;
}

/** `--state`: which lab is meant. */
export function stateOption(): Option {
  return new Option('--state <folder>', 'folder of the lab').default(defaultFolder);
}

/** The folder of the lab that is meant. */
export function chosenFolder({ state }: StateOption, on: Pick<LabConsole, 'pathOf'>): LabFolder {
  return labFolder(on.pathOf(state));
}

/** A lab that is up, or on its way there. */
export interface RunningLab {
  readonly folder: LabFolder;
  /** Of the process that holds its namespaces. */
  readonly pid: number;
}

/** @throws InspectorError `unavailable` when the lab is not up */
export function requireLab(option: StateOption, on: Pick<LabConsole, 'pathOf'>): RunningLab {
  const folder = chosenFolder(option, on);
  const pid = runningLab(folder);
  if (pid !== undefined) return { folder, pid };
  throw new InspectorError('unavailable', `There is no lab in ${folder.path}. Start one: npm run lab -- up`);
}
