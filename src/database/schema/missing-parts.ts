import type { LiveColumns } from './live-columns.ts';
import type { TableDefinition } from './table-definition.ts';

/** The tables and columns that are declared and not there, in words; more columns than declared do no harm. */
export function missingParts(live: LiveColumns, declared: readonly TableDefinition[]): string[] {
  return declared.flatMap(({ name, columns }) => {
    const there = live.get(name);
    if (there === undefined) return [`table ${name}`];
    return columns
      .filter((column) => !there.has(column.name))
      .map((column) => `column ${name}.${column.name}`);
  });
}
