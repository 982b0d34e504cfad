import type { Logger } from '../../logging/logger.ts';
import { strangersFile } from './host-line.ts';
import type { HostsDirectory } from './hosts-directory.ts';
import { codeOf } from './hosts-files.ts';
import { inTurns } from './in-turns.ts';
import type { PlannedWrites } from './plan-writes.ts';
import { fileFailure } from './replace-file.ts';

/**
 * Writes what is planned, in that order: dnsmasq hears of the files in the order in which they were put in place.
 *
 * @throws InspectorError `unavailable`; then nobody is let in who was not before. Some may be kept out already.
 */
export async function writeHosts(
  directory: HostsDirectory,
  planned: PlannedWrites,
  log: Logger,
): Promise<void> {
  await writeDenials(directory, planned.deny, log);
  await writePermissions(directory, planned.allow, log);
}

/** Each by itself, as any of them does good. One that does not work does not stop the others. */
async function writeDenials(directory: HostsDirectory, names: readonly string[], log: Logger): Promise<void> {
  let failure: { readonly name: string; readonly error: unknown } | undefined;
  await inTurns(names, (name) => {
    try {
      directory.write(name, 'deny');
      log.debug(name === strangersFile ? strangersRecord('deny') : `MAC ${name} added to the deny list`);
    } catch (error) {
      if (!ofOneFile.has(codeOf(error) ?? '')) throw failed(directory, name, error);
      failure ??= { name, error };
    }
  });
  if (failure !== undefined) throw failed(directory, failure.name, failure.error);
}

/** Errors that the next file need not have. */
const ofOneFile = new Set(['EACCES', 'EBUSY', 'EISDIR', 'ENOTEMPTY', 'EPERM']);

/** All or none: a disk that is full shows before the first is put in place. */
async function writePermissions(
  directory: HostsDirectory,
  names: readonly string[],
  log: Logger,
): Promise<void> {
  const staged: { readonly name: string; readonly path: string }[] = [];
  let placed = 0;
  let current = '';
  try {
    await inTurns(names, (name) => {
      current = name;
      staged.push({ name, path: directory.stage(name, 'allow') });
    });
    await inTurns(staged, ({ name, path }) => {
      current = name;
      directory.putInPlace(name, 'allow', path);
      placed += 1;
      log.debug(name === strangersFile ? strangersRecord('allow') : `MAC ${name} removed from the deny list`);
    });
  } catch (error) {
    for (const { path } of staged.slice(placed)) directory.dropStaged(path);
    takeBack(directory, names.slice(0, placed));
    throw failed(directory, current, error);
  }
}

/** As far as it goes. Who was a stranger before is kept out until the next call that works. */
function takeBack(directory: HostsDirectory, names: readonly string[]): void {
  for (const name of names) {
    try {
      directory.write(name, 'deny');
    } catch {
      // The call fails anyway, and the next one looks at all files.
    }
  }
}

function strangersRecord(verdict: 'allow' | 'deny'): string {
  return `A ${verdict} record for all unknown hosts using wildcard mac created`;
}

function failed(directory: HostsDirectory, name: string, error: unknown): Error {
  return fileFailure('unavailable', `write ${directory.pathOf(name).toString()}`, error);
}
