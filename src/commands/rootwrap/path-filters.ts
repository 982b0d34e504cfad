import { isAbsolute } from 'node:path';
import { type CommandFilter, commandFilter, type FilterLine } from './command-filter.ts';
import { resolvePath } from './resolve-path.ts';

/**
 * `PathFilter, executable, user, constraint, ...`: for each argument `pass`, a text that it has to be, or a folder
 * that it has to lie in; such an argument is handed on without symbolic links. `/a/b` allows nothing in `/a/bc`, as
 * it does in the original (docs/compatibility.md, rootwrap-path-boundary).
 */
export function pathFilter(line: FilterLine): CommandFilter {
  const constraints = line.parts.slice(2);
  const filter = commandFilter(line);
  return {
    ...filter,
    match(command) {
      const given = command.slice(1);
      if (given.length === 0 || given.length !== constraints.length || !filter.match(command)) return false;
      return constraints.every((constraint, index) => allows(constraint, given[index] ?? ''));
    },
    arguments: (command) =>
      command
        .slice(1)
        .map((value, index) => (isAbsolute(constraints[index] ?? '') ? resolvePath(value) : value)),
  };
}

function allows(constraint: string, value: string): boolean {
  if (!isAbsolute(constraint)) return constraint === 'pass' || constraint === value;
  const path = resolvePath(value);
  return path === constraint || path.startsWith(constraint.endsWith('/') ? constraint : `${constraint}/`);
}

/** `ReadFileFilter, path`: `cat` of one file, as root. */
export function readFileFilter({ name, parts }: FilterLine): CommandFilter {
  const [file] = parts;
  if (!file) throw new Error(`filter ${name}: expected a file`);
  return {
    ...commandFilter({ name, parts: ['/bin/cat', 'root'] }),
    match: (command) => command.length === 2 && command[0] === 'cat' && command[1] === file,
  };
}
