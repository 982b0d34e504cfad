import { accessSync, constants } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';

/** What filters learn of the system around them. */
export interface FilterSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A filter file's line, taken apart: `name: Class, executable, user, argument, ...`. */
export interface FilterLine {
  readonly name: string;
  /** What follows the class. */
  readonly parts: readonly string[];
}

/** One permission of the filter files: which commands it allows, and how they are run. */
export interface CommandFilter {
  readonly name: string;
  /** The executable: absolute, or looked for in `exec_dirs`. */
  readonly executable: string;
  readonly runAs: string;
  /** Whether the command line is one that this filter is about. */
  match(command: readonly string[]): boolean;
  /** The arguments that the executable gets. */
  arguments(command: readonly string[]): readonly string[];
  /** What the command's environment has besides the usual. */
  environment?(command: readonly string[]): Readonly<Record<string, string>>;
  /** Of a filter that runs other commands: the command inside, which another filter has to allow as well. */
  inside?(command: readonly string[]): readonly string[];
}

/** `CommandFilter, executable, user`: the executable with any arguments. */
export function commandFilter({ name, parts }: FilterLine): CommandFilter {
  const [executable, runAs] = parts;
  if (!executable || !runAs) {
    throw new Error(`filter ${name}: expected an executable and a user, got '${parts.join(', ')}'`);
  }
  return {
    name,
    executable,
    runAs,
    match: ([called]) => called === executable || called === basename(executable),
    arguments: (command) => command.slice(1),
  };
}

/** Where the filter's executable is; nothing when there is none that can be executed. */
export function findExecutable(executable: string, folders: readonly string[]): string | undefined {
  const candidates = isAbsolute(executable)
    ? [executable]
    : folders.map((folder) => join(folder, executable));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
