import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { globalOptions } from '../global-options.ts';
import { optionsOf } from '../output-options.ts';

/** What a shell may offer behind the words of a command that stand already. */
export interface CompletionPlace {
  /** The words, each with a space before it: ` introspection data`; empty behind the program's name. */
  readonly line: string;
  /** What may come next. */
  readonly words: readonly string[];
  /** What may come next where the user has begun with a hyphen. */
  readonly options: readonly string[];
  /** Names of files may come next. */
  readonly files: boolean;
  /** What may come behind an option that takes a value, where that is known. */
  readonly values: readonly OptionDefinition[];
}

/** Every place that the shell can be at, for the commands with and without their first word. */
export function completionTable(commands: readonly CommandDefinition[]): readonly CompletionPlace[] {
  const spelt = commands.flatMap((command) => {
    const [first, ...rest] = command.words;
    return first === 'introspection' ? [command, { ...command, words: rest }] : [command];
  });
  const lines = new Set(spelt.flatMap(({ words }) => words.map((_, count) => lineOf(words.slice(0, count)))));
  return [
    ...[...lines].map((line) => groupPlace(line, spelt)),
    ...spelt.map((command) => commandPlace(command)),
  ];
}

/** The options that take a value, in all their spellings. */
export function valuedOptions(commands: readonly CommandDefinition[]): readonly string[] {
  const options = [...globalOptions, ...commands.flatMap(optionsOf)];
  return [...new Set(options.filter(({ value }) => value !== undefined).flatMap(spellings))];
}

/** `--file`, and its short form. */
export function spellings({ name, short }: OptionDefinition): readonly string[] {
  return short === undefined ? [name] : [name, short];
}

function groupPlace(line: string, commands: readonly CommandDefinition[]): CompletionPlace {
  const depth = line.split(' ').length - 1;
  const below = commands.filter(
    ({ words }) => words.length > depth && lineOf(words.slice(0, depth)) === line,
  );
  const more = line === '' ? ['--version'] : [];
  return {
    line,
    words: [...new Set(below.map(({ words }) => words[depth] ?? ''))],
    options: [...names(globalOptions), '--help', ...more],
    files: false,
    values: known(globalOptions),
  };
}

function commandPlace(command: CommandDefinition): CompletionPlace {
  const own = optionsOf(command);
  const byPlace = command.arguments ?? [];
  return {
    line: lineOf(command.words),
    words: byPlace.flatMap(({ choices }) => choices ?? []),
    options: [...names([...own, ...globalOptions]), '--help'],
    files: byPlace.some(({ completes }) => completes === 'file'),
    values: known([...own, ...globalOptions]),
  };
}

function lineOf(words: readonly string[]): string {
  return words.map((word) => ` ${word}`).join('');
}

function names(options: readonly OptionDefinition[]): string[] {
  return options.map(({ name }) => name);
}

function known(options: readonly OptionDefinition[]): OptionDefinition[] {
  return options.filter(({ choices, completes }) => choices !== undefined || completes !== undefined);
}
