import { type CommandFilter, commandFilter, type FilterLine } from './command-filter.ts';

/**
 * `EnvFilter, env, user, A=, B=, executable`: the command with exactly these variables set in front, called as
 * `env A=1 B=2 command ...` or without the word `env`.
 */
export function envFilter(line: FilterLine): CommandFilter {
  const own = line.parts.slice(2);
  const wanted = variablesOf(own);
  const [first = '', runAs = ''] = line.parts;
  const executable = first.includes('env') ? (own[wanted.length] ?? first) : first;
  const filter = commandFilter({ name: line.name, parts: [executable, runAs] });
  return {
    ...filter,
    match(called) {
      const command = withoutEnv(called);
      const given = variablesOf(command);
      if (wanted.length === 0 || command.length < own.length) return false;
      return isSame(wanted, given) && filter.match(command.slice(given.length, given.length + 1));
    },
    arguments: (called) => {
      const command = withoutEnv(called);
      return command.slice(variablesOf(command).length + 1);
    },
    environment: (called) => {
      const command = withoutEnv(called);
      const settings = command.slice(0, variablesOf(command).length).map((text): [string, string] => {
        const at = text.indexOf('=');
        return [text.slice(0, at), text.slice(at + 1)];
      });
      return Object.fromEntries(settings.filter(([name, value]) => name !== '' && value !== ''));
    },
  };
}

function withoutEnv(command: readonly string[]): readonly string[] {
  return command[0] === 'env' ? command.slice(1) : command;
}

/** The names in front of the command, `NAME=value`. */
function variablesOf(command: readonly string[]): readonly string[] {
  const end = command.findIndex((text) => !text.includes('='));
  return command.slice(0, end < 0 ? command.length : end).map((text) => text.slice(0, text.indexOf('=')));
}

function isSame(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.toSorted().join('=') === given.toSorted().join('=');
}
