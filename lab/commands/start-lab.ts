import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Progress, startProgress } from '../../src/commands/demo/progress.ts';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { LabConsole } from '../lab-console.ts';
import { buildRamdisk } from '../ramdisk/build-ramdisk.ts';
import { runProgram } from '../run-program.ts';
import { installPackages } from '../setup/install-packages.ts';
import type { LabFolder } from '../setup/lab-folder.ts';
import { endLabProcess, runningLab, startLabProcess } from '../setup/lab-process.ts';
import { type LabSettings, machineNames, writeSettings } from '../setup/lab-settings.ts';
import { missingPackages, neededPackages } from '../setup/needed-packages.ts';
import { preflight, requirePreflight } from '../setup/preflight.ts';
import { ready } from '../supervisor/lab-status.ts';
import { endOf } from '../supervisor/programs.ts';
import { askStatus } from './ask-lab.ts';
import { removeLeftovers } from './remove-leftovers.ts';

/**
 * Starts a lab, and tells with times what it does.
 *
 * @throws InspectorError when there is one already, something is missing, or something does not come up
 */
export async function startLab(
  settings: LabSettings,
  folder: LabFolder,
  on: LabConsole,
  progress = startProgress(on),
): Promise<void> {
  const before = runningLab(folder);
  if (before !== undefined) {
    throw new InspectorError(
      'conflict',
      `There is a lab in ${folder.path} already. End it first: npm run lab -- down`,
    );
  }
  requirePreflight(preflight(on));
  installMissing(neededPackages(settings), on, progress);
  removeLeftovers(folder);
  requirePassable(dirname(folder.path));
  makeFolders(settings, folder, on);
  progress.tell('Building the ramdisk');
  buildRamdisk({ cache: kernelCache(on), folder: folder.ramdisk, run: runProgram });
  progress.tell(`Starting a lab in ${folder.path}`);
  const child = startLabProcess(folder, process.execPath);
  try {
    await untilReady(folder, progress);
  } catch (error) {
    if (child.pid !== undefined) await endLabProcess(child.pid);
    throw error;
  }
  progress.tell(`The lab is up: ${machineNames(settings).join(', ')}`);
}

/** Where the kernel's package stays from one lab to the next. */
export function kernelCache({ project }: Pick<LabConsole, 'project'>): string {
  return join(project, 'node_modules', '.cache', 'ironic-inspector-lab');
}

/**
 * Installs those of the packages that are not there, and says so first.
 *
 * @throws InspectorError `unavailable` with what apt-get complained of
 */
export function installMissing(packages: readonly string[], on: LabConsole, progress: Progress): void {
  const missing = missingPackages(packages, on.attempt);
  if (missing.length === 0) return;
  progress.tell(`Installing ${missing.join(', ')} (no service of theirs is started)`);
  installPackages(missing, on.attempt);
}

/** @throws InspectorError `invalid` when others than root cannot get to what is in the folder */
function requirePassable(parent: string): void {
  if (existsSync(parent) && (statSync(parent).mode & 0o001) === 0) {
    throw new InspectorError(
      'invalid',
      `Programs of the lab that are not root's have to pass through ${parent}: chmod o+x, or name another folder with --state.`,
    );
  }
  if (parent !== dirname(parent)) requirePassable(dirname(parent));
}

function makeFolders(settings: LabSettings, folder: LabFolder, on: LabConsole): void {
  for (const path of [folder.path, folder.logs, folder.lldp, folder.temporary, folder.commands]) {
    mkdirSync(path, { recursive: true });
  }
  // lldpd, Ironic and the servers become other users, who have to pass; files with secrets are root's alone.
  chmodSync(folder.path, 0o711);
  chmodSync(folder.temporary, 0o1777);
  symlinkSync(
    join(on.project, 'bin', 'ironic-inspector-client.js'),
    join(folder.commands, 'ironic-inspector-client'),
  );
  writeSettings(folder.settings, settings);
}

async function untilReady(folder: LabFolder, progress: Progress): Promise<void> {
  let told = '';
  for (;;) {
    if (runningLab(folder) === undefined) {
      throw new InspectorError(
        'unavailable',
        `The lab did not come up:\n${endOf(folder.log('lab'))}\nIts logs are in ${folder.logs} until the next one.`,
      );
    }
    const phase = await phaseOf(folder);
    if (phase === ready) return;
    if (phase !== undefined && phase !== told) {
      told = phase;
      progress.tell(`  ${phase}`);
    }
    await pause(50);
  }
}

/** `undefined` while it does not answer yet. */
async function phaseOf(folder: LabFolder): Promise<string | undefined> {
  try {
    return (await askStatus(folder)).phase;
  } catch (error) {
    if (error instanceof InspectorError) return undefined;
    throw error;
  }
}
