import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import {
  type CommandFilter,
  commandFilter,
  type FilterLine,
  type FilterSurroundings,
  findExecutable,
} from './command-filter.ts';

/** `KillFilter, user, program, signal, ...`: `kill` of a process that runs the program; see /proc/PID/exe. */
export function killFilter({ name, parts }: FilterLine, on: FilterSurroundings): CommandFilter {
  const [user, program, ...signals] = parts;
  if (!user || !program) throw new Error(`filter ${name}: expected a user and a program`);
  const searched = (on.environment['PATH'] ?? '').split(':');
  return {
    ...commandFilter({ name, parts: ['/bin/kill', user] }),
    match(command) {
      if (command[0] !== 'kill') return false;
      const [signal, pid] = command.length === 3 ? command.slice(1) : [undefined, command[1]];
      if (command.length < 2 || command.length > 3) return false;
      if (signal === undefined ? signals.length > 0 : !signals.includes(signal)) return false;
      const running = programOf(pid ?? '', searched);
      if (running === undefined) return false;
      if (isAbsolute(program)) return running === program;
      return isAbsolute(running) && basename(running) === program && searched.includes(dirname(running));
    },
  };
}

/** The program that a process runs, also where its file has been replaced or renamed since. */
function programOf(pid: string, searched: readonly string[]): string | undefined {
  if (!/^\d{1,10}$/.test(pid)) return undefined;
  try {
    const [link = ''] = readlinkSync(`/proc/${Number(pid)}/exe`).split('\0');
    const program = link.replace(/ \(deleted\)$/, '');
    if (isFile(program)) return program;
    const [called = ''] = readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').split('\0');
    const found = findExecutable(called, searched);
    return found !== undefined && isFile(found) ? found : program;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
