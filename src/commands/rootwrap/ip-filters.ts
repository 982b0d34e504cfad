import { type CommandFilter, commandFilter, type FilterLine } from './command-filter.ts';
import { withBaseName } from './pattern-filters.ts';

const namespaceWords = ['net', 'netn', 'netns'];
const executeWords = ['e', 'ex', 'exe', 'exec'];

/** `IpFilter, ip, user`: all that `ip` does but `ip netns exec`. */
export function ipFilter(line: FilterLine): CommandFilter {
  return {
    ...commandFilter(line),
    match(command) {
      if (command[0] !== 'ip') return false;
      const at = command.findIndex((word, index) => index > 0 && namespaceWords.includes(word));
      return at < 0 || !executeWords.includes(command[at + 1] ?? '');
    },
  };
}

/** `IpNetnsExecFilter, ip, root`: `ip netns exec <namespace>`, then a command that another filter allows. */
export function ipNetnsExecFilter(line: FilterLine): CommandFilter {
  const filter = commandFilter(line);
  return {
    ...filter,
    match: (command) =>
      filter.runAs === 'root' &&
      command.length >= 4 &&
      command[0] === 'ip' &&
      namespaceWords.includes(command[1] ?? '') &&
      executeWords.includes(command[2] ?? ''),
    inside: (command) => withBaseName(command.slice(4)),
  };
}
