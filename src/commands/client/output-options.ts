import type { CommandDefinition, OptionDefinition } from './command-definition.ts';

const formats = ['table', 'json', 'csv', 'value', 'yaml'];

const layout: readonly OptionDefinition[] = [
  {
    name: '--column',
    short: '-c',
    value: 'COLUMN',
    repeats: 'each',
    help: 'show this column only; may be repeated',
  },
  {
    name: '--quote',
    value: 'WHEN',
    choices: ['all', 'minimal', 'none', 'nonnumeric'],
    help: 'what is quoted in csv: nonnumeric unless given',
  },
  { name: '--noindent', help: 'json in one line' },
  {
    name: '--max-width',
    value: 'NUMBER',
    help: 'break the lines of a table that is wider',
    variable: 'CLIFF_MAX_TERM_WIDTH',
  },
  { name: '--fit-width', help: 'break the lines of a table that is wider than the terminal' },
];

const sorting: readonly OptionDefinition[] = [
  {
    name: '--sort-column',
    value: 'COLUMN',
    repeats: 'each',
    help: 'sort by this column; may be repeated, the first counts most',
  },
  { name: '--sort-ascending', help: 'the smallest first, as it is without any' },
  { name: '--sort-descending', help: 'the largest first' },
  { name: '--print-empty', help: 'show the heads of a table without rows, too' },
];

const format = (choices: readonly string[]): OptionDefinition => ({
  name: '--format',
  short: '-f',
  value: 'FORMAT',
  choices,
  help: `how to show the result; ${choices[0]} unless given`,
});

/** The output options that a command has, by what it gives. */
export const outputOptions: Readonly<Record<CommandDefinition['output'], readonly OptionDefinition[]>> = {
  list: [format(formats), ...layout, ...sorting],
  show: [format([...formats, 'shell']), ...layout],
  account: [format(['text', ...formats]), ...layout, ...sorting],
  none: [],
};

/** All options of a command itself, its own first. */
export function optionsOf(command: CommandDefinition): readonly OptionDefinition[] {
  return [...(command.options ?? []), ...outputOptions[command.output]];
}
