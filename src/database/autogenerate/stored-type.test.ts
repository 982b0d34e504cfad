import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ColumnType } from '../schema/table-definition.ts';
import { storedType, typeFromCatalogue } from './stored-type.ts';

const state: ColumnType = { kind: 'enum', name: 'state', values: ['waiting', "it's"] };

describe('the type that an engine keeps', () => {
  for (const [type, sqlite, postgresql, mysql] of [
    [{ kind: 'varchar', length: 36 }, 'varchar(36)', 'varchar(36)', 'varchar(36)'],
    [{ kind: 'text' }, 'text', 'text', 'text'],
    [{ kind: 'long-text' }, 'text', 'text', 'longtext'],
    [{ kind: 'boolean' }, 'boolean', 'boolean', 'boolean'],
    [{ kind: 'integer' }, 'integer', 'integer', 'integer'],
    [{ kind: 'float' }, 'float', 'float', 'float'],
    [{ kind: 'datetime' }, 'datetime', 'datetime', 'datetime'],
    [state, 'varchar(7)', "state('it''s','waiting')", "enum('it''s','waiting')"],
  ] as const) {
    it(`has one word for each engine: ${type.kind}`, () => {
      const words = (['sqlite', 'postgresql', 'mysql'] as const).map((engine) => storedType(engine, type));

      assert.deepEqual(words, [sqlite, postgresql, mysql]);
    });
  }

  for (const [engine, shown, word] of [
    ['sqlite', 'VARCHAR(36)', 'varchar(36)'],
    ['sqlite', 'INT', 'integer'],
    ['sqlite', 'DOUBLE PRECISION', 'float'],
    ['postgresql', 'character varying(36)', 'varchar(36)'],
    ['postgresql', 'double precision', 'float'],
    ['postgresql', 'timestamp without time zone', 'datetime'],
    ['postgresql', 'timestamp with time zone', 'timestamp with time zone'],
    ['mysql', 'int(11)', 'integer'],
    ['mysql', 'int', 'integer'],
    ['mysql', 'int(10) unsigned', 'int(10) unsigned'],
    ['mysql', 'tinyint(1)', 'boolean'],
    ['mysql', 'tinyint(4)', 'tinyint(4)'],
    ['mysql', 'double', 'float'],
    ['mysql', "enum('waiting','it''s','Other')", "enum('Other','it''s','waiting')"],
  ] as const) {
    it(`reads ${shown} of ${engine} as ${word}`, () => {
      assert.equal(typeFromCatalogue(engine, shown), word);
    });
  }
});
