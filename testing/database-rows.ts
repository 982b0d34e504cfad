import { DatabaseSync } from 'node:sqlite';

/** What a service has in its SQLite file, seen through a connection of one's own. */
export interface DatabaseRows {
  /**
   * How many rows each table has; left out are those of the migrations, and the notes on machines that no node was
   * found for, which have bounds of their own.
   */
  counts(): Record<string, number>;
  all(sql: string): Record<string, any>[];
  close(): void;
}

/** Opens the file for reading while a service has it. */
export function databaseRows(path: string): DatabaseRows {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  const all = (sql: string) => database.prepare(sql).all();
  return {
    all,
    counts() {
      const tables = all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
      const names = tables
        .map(({ name }) => String(name))
        .filter((name) => !/^sqlite_|version|^lookup_failures$|^pxe_filter_health$/.test(name));
      return Object.fromEntries(
        names.map((name) => [name, Number(all(`SELECT count(*) AS n FROM "${name}"`)[0]?.n)]),
      );
    },
    close: () => database.close(),
  };
}
