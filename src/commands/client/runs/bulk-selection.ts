import type { JsonObject } from '../../../json/json-value.ts';
import type { CommandSurroundings, OptionDefinition } from '../command-definition.ts';
import type { Given } from '../given.ts';
import { readInput } from '../read-input.ts';
import { UsageError } from '../usage-error.ts';

/** The options that name many nodes at once. */
export const selectionOptions: readonly OptionDefinition[] = [
  { name: '--all', help: 'all manageable nodes, but for those in maintenance' },
  {
    name: '--file',
    value: 'FILE',
    help: 'the nodes of a file, a UUID or name a line; - for standard input',
    completes: 'file',
  },
  { name: '--driver', value: 'DRIVER', help: 'nodes with this driver' },
  { name: '--resource-class', value: 'CLASS', help: 'nodes with this resource class' },
  { name: '--name', value: 'PATTERN', help: 'nodes with such a name; * stands for any text' },
  {
    name: '--provision-state',
    value: 'STATE',
    repeats: 'each',
    help: 'nodes in this provision state in place of manageable; may be repeated',
  },
  { name: '--never-inspected', help: 'nodes that were never introspected' },
  { name: '--last-failed', help: 'nodes whose last introspection failed' },
];

/** Options that make a selector; each narrows it. */
const texts = [
  ['--driver', 'driver'],
  ['--resource-class', 'resource_class'],
  ['--name', 'name'],
] as const;
const switches = [
  ['--never-inspected', 'never_inspected'],
  ['--last-failed', 'last_failed'],
] as const;

/**
 * What a bulk run is to be asked for; `undefined` when the nodes are named one by one.
 *
 * @throws UsageError for a selection beside nodes, or two of them, or none at all.
 * @throws InspectorError `invalid` for a file that cannot be read.
 */
export function bulkSelection(
  given: Given,
  { console }: Pick<CommandSurroundings, 'console'>,
): JsonObject | undefined {
  const selector = selectorOf(given);
  const file = given.text('--file');
  const isSelected = given.has('--all') || Object.keys(selector).length > 0;
  const ways = [given.arguments('node').length > 0, file !== undefined, isSelected].filter(Boolean).length;
  if (ways === 0) throw new UsageError('expected nodes, --all, --file or a selector such as --driver');
  if (ways > 1) throw new UsageError('nodes, --file, and --all or a selector cannot be used together');
  if (file !== undefined) return { nodes: nodesIn(file, readInput(file, console).toString()) };
  return isSelected ? { selector } : undefined;
}

function selectorOf(given: Given): JsonObject {
  const states = given.texts('--provision-state');
  const named = texts.flatMap(([option, member]) => {
    const text = given.text(option);
    return text === undefined ? [] : [[member, text] as const];
  });
  const on = switches.flatMap(([option, member]) => (given.has(option) ? [[member, true] as const] : []));
  return {
    ...Object.fromEntries([...named, ...on]),
    ...(states.length === 0 ? {} : { provision_states: [...states] }),
  };
}

/** Empty lines and those that begin with # are left out. */
function nodesIn(file: string, text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const nodes = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (nodes.length > 0) return [...new Set(nodes)];
  throw new UsageError(`${file}: expected nodes, one a line, got none`);
}
