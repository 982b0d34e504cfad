import type { DatabaseDialect } from '../dialect.ts';
import type { ColumnType } from '../schema/table-definition.ts';

type Engine = DatabaseDialect['name'];

/**
 * What an engine keeps of a declared type, in words that are the same for all engines where the types are.
 * Types that an engine cannot tell apart have one word: `text` for a long text on SQLite and PostgreSQL.
 */
export function storedType(engine: Engine, type: ColumnType): string {
  switch (type.kind) {
    case 'varchar':
      return `varchar(${type.length})`;
    case 'long-text':
      return engine === 'mysql' ? 'longtext' : 'text';
    case 'enum':
      if (engine === 'sqlite') return `varchar(${Math.max(...type.values.map((value) => value.length))})`;
      return enumeration(engine === 'postgresql' ? type.name : 'enum', type.values);
    default:
      return type.kind;
  }
}

/** The word for an enumeration. A value that was added later stands last in some databases, so order does not count. */
export function enumeration(name: string, values: readonly string[]): string {
  const quoted = values.map((value) => `'${value.replaceAll("'", "''")}'`);
  return `${name}(${quoted.toSorted().join(',')})`;
}

/** Spellings of the types that `storedType` names, as the catalogues show them. */
const words: Record<Engine, Readonly<Record<string, string>>> = {
  sqlite: {
    int: 'integer',
    real: 'float',
    double: 'float',
    'double precision': 'float',
    timestamp: 'datetime',
  },
  postgresql: {
    'double precision': 'float',
    real: 'float',
    'timestamp without time zone': 'datetime',
  },
  mysql: { 'tinyint(1)': 'boolean', int: 'integer', double: 'float' },
};

/** The word of `storedType` for a type as a catalogue shows it; an unknown one as it is, in small letters. */
export function typeFromCatalogue(engine: Engine, shown: string): string {
  if (engine === 'mysql' && shown.startsWith('enum(')) return enumeration('enum', quotedValues(shown));
  const plain = shown
    .toLowerCase()
    .replace(/\s+\(/, '(')
    .replace(/^character varying\(/, 'varchar(')
    // The display width of older servers means nothing.
    .replace(/^int\(\d+\)$/, 'int');
  return words[engine][plain] ?? plain;
}

function quotedValues(shown: string): string[] {
  return [...shown.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
}
