import { sql } from 'kysely';
import type { LiveTable } from './live-table.ts';
import type { Rows } from './read-sqlite-tables.ts';
import { defaultFromCatalogue } from './stored-default.ts';
import { enumeration, typeFromCatalogue } from './stored-type.ts';

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly values: string | null;
  readonly required: boolean;
  readonly default: string | null;
}

interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  readonly kind: 'p' | 'f';
  readonly columns: string;
  readonly target: string | null;
  readonly references: string | null;
}

interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly columns: string;
  readonly condition: string | null;
}

/** All tables of the connection's schema in a PostgreSQL database. */
export async function readPostgresqlTables(rows: Rows): Promise<LiveTable[]> {
  const tables = await rows(
    sql<{ name: string }>`SELECT relname AS name FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
  );
  const columns = await rows(columnQuery);
  const constraints = await rows(constraintQuery);
  const indexes = await rows(indexQuery);
  return tables.map(({ name }) => {
    const ofTable = (row: { readonly table: string }) => row.table === name;
    const ownConstraints = constraints.filter(ofTable);
    const ownIndexes = indexes.filter(ofTable);
    const primary = ownConstraints.find(({ kind }) => kind === 'p');
    return {
      name,
      columns: columns.filter(ofTable).map(liveColumn),
      primaryKey: names(primary?.columns ?? null),
      uniques: ownIndexes.filter(({ unique }) => unique).map(liveIndex),
      indexes: ownIndexes.filter(({ unique }) => !unique).map(liveIndex),
      foreignKeys: ownConstraints
        .filter(({ kind }) => kind === 'f')
        .map((key) => ({
          name: key.name,
          columns: names(key.columns),
          table: key.target ?? '',
          references: names(key.references),
        })),
    };
  });
}

// Lists come as JSON in a text, which no driver decodes in a way of its own.
const columnQuery = sql<ColumnRow>`
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN t.typtype = 'e' THEN
      (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid = t.oid)
    END AS values,
    a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS "default"
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  ORDER BY a.attnum`;

const constraintQuery = sql<ConstraintRow>`
  SELECT c.relname AS "table", k.conname AS name, k.contype AS kind,
    (SELECT json_agg(a.attname ORDER BY n.place)::text FROM unnest(k.conkey) WITH ORDINALITY n (number, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.number) AS columns,
    f.relname AS target,
    (SELECT json_agg(a.attname ORDER BY n.place)::text FROM unnest(k.confkey) WITH ORDINALITY n (number, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.number) AS "references"
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  LEFT JOIN pg_class f ON f.oid = k.confrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND k.contype IN ('p', 'f')
  ORDER BY k.conname`;

const indexQuery = sql<IndexRow>`
  SELECT c.relname AS "table", x.relname AS name, i.indisunique AS "unique",
    (SELECT json_agg(coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, n.place::int, false))
        ORDER BY n.place)::text
      FROM unnest(i.indkey::int2[]) WITH ORDINALITY n (number, place)
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n.number AND n.number > 0
      WHERE n.place <= i.indnkeyatts) AS columns,
    pg_get_expr(i.indpred, i.indrelid) AS condition
  FROM pg_index i
  JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT i.indisprimary
  ORDER BY x.relname`;

function liveColumn(row: ColumnRow): LiveTable['columns'][number] {
  const type =
    row.values === null
      ? typeFromCatalogue('postgresql', row.type)
      : enumeration(row.type.replace(/^"(.*)"$/, '$1'), names(row.values));
  // A column that counts by itself has its sequence as default, which is no default of a declaration.
  const shown = row.default?.startsWith('nextval(') === true ? null : row.default;
  return { name: row.name, type, nullable: !row.required, default: defaultFromCatalogue(type, shown) };
}

function liveIndex(row: IndexRow): LiveTable['indexes'][number] {
  const condition = row.condition === null ? [] : [`WHERE ${row.condition}`];
  return { name: row.name, columns: [...names(row.columns), ...condition] };
}

function names(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}
