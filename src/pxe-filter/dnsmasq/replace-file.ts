import { join } from 'node:path';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { codeOf, type HostsFiles } from './hosts-files.ts';

/** dnsmasq does not read files whose names begin with a dot. */
const prefix = '.ironic-inspector-';

/** Whether a file is one that `stageFile` makes, of any run of the service. */
export function isStagedName(name: string): boolean {
  return name.startsWith(prefix);
}

/** Where and by whom files are replaced. */
export interface Replacing {
  readonly files: HostsFiles;
  readonly directory: string;
  /** Tells the temporary files of one run from those of others. */
  readonly run: string;
}

/**
 * Writes a temporary file in the folder; with `putInPlace` dnsmasq sees the whole of it at once. It is not forced to
 * the disk: what is missing after a loss of power is written again at the first `apply`, before dnsmasq is started.
 *
 * @returns Its path.
 * @throws Error of the file system; no temporary file stays.
 */
export function stageFile({ files, directory, run }: Replacing, name: string, text: string): string {
  const path = join(directory, `${prefix}${run}-${name}`);
  try {
    // Of mode wx, so that nothing that somebody else has put there is written to.
    files.writeFileSync(path, text, { flag: 'wx', mode: 0o644 });
    // dnsmasq reads as another user, also where the umask of the service lets no others read.
    files.chmodSync(path, 0o644);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') dropFile(files, path);
    throw error;
  }
  return path;
}

/**
 * Gives a staged file its name, in place of what has it. A folder of that name is moved out of dnsmasq's sight.
 *
 * @throws Error of the file system; the staged file is gone.
 */
export function putInPlace(replacing: Replacing, staged: string, name: string): void {
  const { files, directory, run } = replacing;
  const path = join(directory, name);
  try {
    try {
      files.renameSync(staged, path);
    } catch (error) {
      if (codeOf(error) !== 'EISDIR') throw error;
      files.renameSync(path, join(directory, `.in-the-way-${run}-${name}`));
      files.renameSync(staged, path);
    }
  } catch (error) {
    dropFile(files, staged);
    throw error;
  }
}

/** Deletes a file, and does not mind when that does not work. */
export function dropFile(files: HostsFiles, path: string): void {
  try {
    files.unlinkSync(path);
  } catch {
    // It is not read by dnsmasq, and the next look at the folder finds it.
  }
}

/** @param did What was tried, such as `write /var/lib/x`. */
export function fileFailure(kind: 'invalid' | 'unavailable', did: string, error: unknown): InspectorError {
  const advice = advices.get(codeOf(error) ?? '');
  const text = `The PXE filter dnsmasq could not ${did}: ${messageOf(error)}`;
  return new InspectorError(kind, advice === undefined ? text : `${text}. ${advice}`, { cause: error });
}

const rights = 'The user of the service needs the right to write to the folder';

const advices: ReadonlyMap<string, string> = new Map([
  ['EACCES', rights],
  ['EDQUOT', 'Make room on the file system: the quota is used up'],
  ['EMFILE', 'Raise the limit of open files of the service'],
  ['ENOENT', 'Make the folder, and restart dnsmasq when it is running: it has lost sight of the old one'],
  ['ENOSPC', 'Make room on the file system'],
  ['ENOTDIR', 'Name a folder'],
  ['EPERM', rights],
  ['EROFS', 'The file system is read-only: mount it for writing'],
]);
