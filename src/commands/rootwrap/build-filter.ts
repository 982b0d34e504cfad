import {
  type CommandFilter,
  commandFilter,
  type FilterLine,
  type FilterSurroundings,
} from './command-filter.ts';
import { envFilter } from './env-filter.ts';
import { ipFilter, ipNetnsExecFilter } from './ip-filters.ts';
import { killFilter } from './kill-filter.ts';
import { pathFilter, readFileFilter } from './path-filters.ts';
import { chainingRegExpFilter, regExpFilter } from './pattern-filters.ts';

type Build = (line: FilterLine, on: FilterSurroundings) => CommandFilter;

const classes: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['CommandFilter', commandFilter],
  ['RegExpFilter', regExpFilter],
  ['PathFilter', pathFilter],
  ['KillFilter', killFilter],
  ['ReadFileFilter', readFileFilter],
  ['IpFilter', ipFilter],
  ['EnvFilter', envFilter],
  // By itself it names no command inside, and so allows nothing.
  ['ChainingFilter', (line) => ({ ...commandFilter(line), inside: () => [] })],
  ['IpNetnsExecFilter', ipNetnsExecFilter],
  ['ChainingRegExpFilter', chainingRegExpFilter],
]);

/**
 * The filter that a line of a filter file describes; nothing for a class that nobody knows.
 *
 * @throws Error when the line lacks something that its class needs.
 */
export function buildFilter(name: string, value: string, on: FilterSurroundings): CommandFilter | undefined {
  const [className = '', ...parts] = value.split(',').map((part) => part.trim());
  return classes.get(className)?.({ name, parts }, on);
}
