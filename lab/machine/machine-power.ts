import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { type BootChoice, chooseBoot, chosenBoot, takeBoot } from './boot-device.ts';
import { machinePaths, readMachine } from './machine-description.ts';
import { qemuCommand, uefiFirmware } from './qemu-command.ts';

/** What a BMC does to a machine. */
export interface PowerControl {
  isOn(): boolean;
  /** Switches it on; nothing if it is. @throws InspectorError `unavailable` with what QEMU complains of */
  on(): Promise<void>;
  /** Pulls the plug; nothing if it is off. */
  off(): Promise<void>;
  /** Off and on; on alone if it was off. */
  reset(): Promise<void>;
  boot(): BootChoice;
  /** Counts from the next start on. */
  setBoot(choice: BootChoice): void;
}

/** Starts a program: in another network namespace, or where this process is. */
export type StartProgram = (words: readonly string[], options: SpawnOptions) => ChildProcess;

/** In the network namespace of this process. */
const startHere: StartProgram = ([program = '', ...words], options) => spawn(program, words, options);

/**
 * The power of a machine. All state is in its folder, so that several processes may each have a control of their own:
 * a BMC by IPMI, one by Redfish, and a command.
 *
 * @param patience Milliseconds in which QEMU may end by itself
 */
export function machinePower(folder: string, start: StartProgram = startHere, patience = 5000): PowerControl {
  const isOn = () => runningPid(folder) !== undefined;
  const on = async () => {
    if (!isOn()) await switchOn(folder, start);
  };
  const off = async () => {
    const pid = runningPid(folder);
    if (pid !== undefined) await end(pid, folder, patience);
  };
  return {
    isOn,
    on,
    off,
    async reset() {
      await off();
      await on();
    },
    boot: () => chosenBoot(folder),
    setBoot: (choice) => chooseBoot(folder, choice),
  };
}

async function switchOn(folder: string, start: StartProgram): Promise<void> {
  const machine = readMachine(folder);
  const { firmwareVariables } = machinePaths(folder);
  if (machine.firmware === 'uefi' && !existsSync(firmwareVariables)) {
    copyFileSync(uefiFirmware.variables, firmwareVariables);
  }
  const command = qemuCommand(machine, takeBoot(folder));
  const starting = start(command, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(starting, 'exit');
  const complaint = starting.stderr === null ? '' : await text(starting.stderr);
  const [code] = await ended;
  // Another BMC of the machine may have been faster: QEMU holds a lock on its pid file.
  if (code === 0 || runningPid(folder) !== undefined) return;
  throw new InspectorError(
    'unavailable',
    `${machine.name} does not start: ${complaint.trim()}. Check that qemu-system-x86 (and ovmf) is installed, and the tap is there.`,
  );
}

/** The machine's QEMU; `undefined` when it is off. A pid that another program got since is none. */
function runningPid(folder: string): number | undefined {
  const { pid: path } = machinePaths(folder);
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes(path) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** In an orderly way, so that its disks are written; by force after a while. */
async function end(pid: number, folder: string, patience: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    const deadline = performance.now() + patience;
    while (performance.now() < deadline) {
      if (runningPid(folder) !== pid) return;
      await pause(10);
    }
  }
  throw new InspectorError('unavailable', `The emulated machine with pid ${pid} does not end.`);
}
