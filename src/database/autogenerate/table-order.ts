interface Linked {
  readonly name: string;
  readonly foreignKeys?: readonly { readonly table: string }[];
}

/**
 * Tables with each behind those that its foreign keys point to, as far as that goes: in a circle one of
 * them comes first all the same. Within that the order stays.
 */
export function inForeignKeyOrder<Table extends Linked>(tables: readonly Table[]): Table[] {
  const ordered = new Set<Table>();
  const begun = new Set<Table>();
  const visit = (table: Table) => {
    if (begun.has(table)) return;
    begun.add(table);
    for (const key of table.foreignKeys ?? []) {
      const target = tables.find(({ name }) => name === key.table);
      if (target !== undefined) visit(target);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}

/** Whether a foreign key of a table points to one that comes later in the list. */
export function pointsAhead<Table extends Linked>(
  ordered: readonly Table[],
  from: Table,
  target: string,
): boolean {
  return ordered.findIndex(({ name }) => name === target) > ordered.indexOf(from);
}
