import { basename } from 'node:path';
import { argumentPattern } from './argument-pattern.ts';
import { type CommandFilter, commandFilter, type FilterLine } from './command-filter.ts';

/** `RegExpFilter, executable, user, pattern, ...`: a pattern for the command and for each argument. */
export function regExpFilter(line: FilterLine): CommandFilter {
  const patterns = line.parts.slice(2).map(argumentPattern);
  return {
    ...commandFilter(line),
    match: (command) =>
      command.length > 0 && command.length === patterns.length && matchEach(patterns, command),
  };
}

/** `ChainingRegExpFilter, executable, user, pattern, ...`: a prefix such as `nice -n 5`, then another command. */
export function chainingRegExpFilter(line: FilterLine): CommandFilter {
  const patterns = line.parts.slice(2).map(argumentPattern);
  return {
    ...commandFilter(line),
    match: (command) =>
      command.length > 0 && command.length >= patterns.length && matchEach(patterns, command),
    inside: (command) => withBaseName(command.slice(patterns.length)),
  };
}

/** A command inside another one, its path left out as the original does. */
export function withBaseName([called, ...rest]: readonly string[]): readonly string[] {
  return called === undefined ? [] : [basename(called), ...rest];
}

function matchEach(
  patterns: readonly ((argument: string) => boolean)[],
  command: readonly string[],
): boolean {
  return patterns.every((matches, index) => matches(command[index] ?? ''));
}
