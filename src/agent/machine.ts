import { readFileSync } from 'node:fs';
import { machine as kernelArchitecture, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { type Notes, newNotes } from './notes.ts';
import { commandRunner, type RunCommand } from './run-command.ts';
import { type SystemFiles, systemFiles } from './system-files.ts';

/** All that the agent asks of the machine it runs on; a test brings its own. */
export interface Surroundings {
  /** Where /sys, /proc, /dev and /run are found: `/`. */
  readonly root: string;
  /** @throws Error with the `code` of the system call, `EACCES` and the like. */
  readonly readFile: (path: string) => Buffer;
  readonly run: RunCommand;
  /** Addresses by interface name, in the kernel's order. */
  readonly addresses: () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
  /** As `uname -m` says it: `x86_64`, `aarch64`. */
  readonly architecture: string;
}

/** The surroundings while they are being read: with files instead of a root, and notes of what was not to be had. */
export interface Machine extends Omit<Surroundings, 'root' | 'readFile'> {
  readonly files: SystemFiles;
  readonly notes: Notes;
}

/** This machine. */
export function thisMachine(): Surroundings {
  return {
    root: '/',
    readFile: (path) => readFileSync(path),
    run: commandRunner(10),
    addresses: networkInterfaces,
    architecture: kernelArchitecture(),
  };
}

/** Begins a reading of the machine, with no notes taken yet. */
export function openMachine(surroundings: Surroundings): Machine {
  const notes = newNotes();
  const { root, readFile, ...rest } = surroundings;
  return { ...rest, notes, files: systemFiles(root, readFile, notes) };
}
