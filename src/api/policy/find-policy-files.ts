import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { messageOf } from '../../errors/inspector-error.ts';
import { PolicyError } from './policy-error.ts';
import type { PolicyOptions } from './policy-options.ts';

/** Where policies are looked for. */
export interface PolicySearch {
  readonly options: Pick<PolicyOptions, 'policy_file' | 'policy_dirs'>;
  /** Absolute. The first one that has the file is taken. */
  readonly folders: readonly string[];
}

/** A file with policies, and what tells one state of it from another. */
export interface PolicyFile {
  readonly path: string;
  readonly state: string;
}

/** Taken where the option is left as it is and there is no such file. */
const usual = { name: 'policy.yaml', former: 'policy.json' };

/**
 * The files to read, the main one first; what a later one says wins. A file that does not exist is no fault.
 *
 * @throws PolicyError for a file or directory that cannot be looked at.
 */
export async function findPolicyFiles({ options, folders }: PolicySearch): Promise<readonly PolicyFile[]> {
  const { policy_file: name, policy_dirs: directories } = options;
  const main =
    (await firstFile(name, folders)) ??
    (name === usual.name ? await firstFile(usual.former, folders) : undefined);
  const further = await Promise.all(directories.map((directory) => filesIn(directory, folders)));
  return [...(main === undefined ? [] : [main]), ...further.flat()];
}

async function firstFile(name: string, folders: readonly string[]): Promise<PolicyFile | undefined> {
  for (const path of placesOf(name, folders)) {
    const found = await look(path);
    if (found?.isFile()) return { path, state: stateOf(found) };
  }
  return undefined;
}

/** Hidden files and directories in it are left out. */
async function filesIn(name: string, folders: readonly string[]): Promise<readonly PolicyFile[]> {
  for (const folder of placesOf(name, folders)) {
    const found = await look(folder);
    if (!found?.isDirectory()) continue;
    const names = await readdir(folder).catch((error: unknown) => refuse(folder, error));
    const visible = names.filter((one) => !one.startsWith('.')).toSorted();
    const files = await Promise.all(visible.map((one) => firstFile(join(folder, one), [])));
    return files.filter((file) => file !== undefined);
  }
  return [];
}

function placesOf(name: string, folders: readonly string[]): readonly string[] {
  if (name === '') return [];
  return isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
}

async function look(path: string) {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return refuse(path, error);
  }
}

/** A file that is written anew within one tick of the clock mostly has another size. */
function stateOf(found: { mtimeNs: bigint; ctimeNs: bigint; size: bigint; ino: bigint }): string {
  return [found.mtimeNs, found.ctimeNs, found.size, found.ino].join(' ');
}

function refuse(path: string, cause: unknown): never {
  throw new PolicyError(`Policies cannot be read from ${path}: ${messageOf(cause)}`, { cause });
}
