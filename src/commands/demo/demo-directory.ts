import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { DemoConsole } from './demo-console.ts';

/** Where the demo keeps its database, configuration and log. */
export interface DemoDirectory {
  readonly path: string;
  readonly configFile: string;
  readonly logFile: string;
  readonly database: string;
  /** Holds the process id of the service that uses the folder. */
  readonly pidFile: string;
  /** Holds the process id of the demo that uses the folder. */
  readonly lockFile: string;
}

/**
 * The demo's folder, made if it is missing, private to the user.
 *
 * @throws InspectorError `invalid` with what to do when the folder is not ours, holds something else, or
 *   cannot be written.
 */
export function openDirectory(
  path: string,
  on: Pick<DemoConsole, 'workingDirectory' | 'userId'>,
): DemoDirectory {
  const root = resolve(on.workingDirectory, path);
  refuseUnwritableCharacters(root);
  const directory = directoryAt(root);
  try {
    makeFolder(root);
    requireOwned(root, on.userId);
    requireOfDemo(directory);
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    if (error instanceof InspectorError) throw error;
    throw cannotBeWritten(root, error);
  }
}

/**
 * Deletes what earlier runs have left, and nothing else.
 *
 * @throws InspectorError `invalid` when the folder cannot be written.
 */
export function forgetEarlierRuns(directory: DemoDirectory): void {
  try {
    for (const file of filesOf(directory)) rmSync(file, { force: true });
  } catch (error) {
    throw cannotBeWritten(directory.path, error);
  }
}

/** What a run leaves behind. */
function filesOf({ configFile, logFile, pidFile, database }: DemoDirectory): string[] {
  return [configFile, logFile, pidFile, database, `${database}-shm`, `${database}-wal`];
}

function directoryAt(root: string): DemoDirectory {
  return {
    path: root,
    configFile: join(root, 'demo.conf'),
    logFile: join(root, 'ironic-inspector.log'),
    database: join(root, 'ironic-inspector.sqlite'),
    pidFile: join(root, 'ironic-inspector.pid'),
    lockFile: join(root, 'demo.lock'),
  };
}

/** The configuration file has no notation for these within the path of a database. */
function refuseUnwritableCharacters(path: string): void {
  const found = /[?\\\n\r]/.exec(path)?.[0];
  if (found === undefined) return;
  throw new InspectorError(
    'invalid',
    `The folder's path must not contain ${JSON.stringify(found)}. Name another with --directory`,
  );
}

/** Only the last part is made: a wrong path is more likely than a wish for many folders. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    if (!existsSync(dirname(path))) {
      throw new InspectorError(
        'invalid',
        `The folder ${path} cannot be made, since there is no ${dirname(path)}. Make that first, or name another folder with --directory`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Somebody else's folder, or a link to elsewhere, is not written into. */
function requireOwned(path: string, userId: number | undefined): void {
  const status = lstatSync(path);
  if (status.isDirectory() && (userId === undefined || status.uid === userId)) return;
  throw new InspectorError(
    'invalid',
    `${path}: expected a folder that belongs to this user. Remove it, or name another with --directory`,
  );
}

/** A folder with other things in it was hardly meant. */
function requireOfDemo(directory: DemoDirectory): void {
  const { path, configFile, lockFile } = directory;
  const ours = new Set([lockFile, ...filesOf(directory)]);
  if (existsSync(configFile) || readdirSync(path).every((name) => ours.has(join(path, name)))) return;
  throw new InspectorError(
    'invalid',
    `The folder ${path} holds other things. Name an empty or a new one with --directory`,
  );
}

/** What the system says when a file of the demo cannot be written, and what to do. */
export function cannotBeWritten(path: string, error: unknown): InspectorError {
  return new InspectorError(
    'invalid',
    `The folder ${path} cannot be written: ${messageOf(error)}. Name another with --directory`,
    { cause: error },
  );
}
