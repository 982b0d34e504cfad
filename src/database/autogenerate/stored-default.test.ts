import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultFromCatalogue, storedDefault } from './stored-default.ts';

describe('a declared default', () => {
  for (const [type, value, literal] of [
    ['text', undefined, null],
    ['text', '', "''"],
    ['text', "it's", "'it''s'"],
    ['text', 5, "'5'"],
    ['boolean', true, '1'],
    ['boolean', 0, '0'],
    ['integer', -5, '-5'],
    ['float', '1.50', '1.5'],
    ['float', '', "''"],
  ] as const) {
    it(`is ${literal} for ${JSON.stringify(value)} in a column of type ${type}`, () => {
      assert.equal(storedDefault(type, value), literal);
    });
  }
});

describe('a default as a catalogue shows it', () => {
  for (const [type, shown, literal] of [
    ['text', null, null],
    ['text', 'NULL', null],
    ['text', 'NULL::character varying', null],
    ['text', "'NULL'", "'NULL'"],
    ['text', "('')", "''"],
    ['text', "'it''s'::character varying", "'it''s'"],
    ['text', "'a::b'::text", "'a::b'"],
    ['text', "'(x)'", "'(x)'"],
    ['text', '5', "'5'"],
    ['state', "'finished'::node_state", "'finished'"],
    ['state', `'finished'::"odd name"`, "'finished'"],
    ['boolean', 'true', '1'],
    ['boolean', 'FALSE', '0'],
    ['boolean', '1', '1'],
    ['integer', "'-5'::integer", '-5'],
    ['integer', '(-5)', '-5'],
    ['float', "'1000000000000000000000000000000'::numeric", '1e+30'],
    ['float', '1e30', '1e+30'],
    ['float', '(-0.5)::double precision', '-0.5'],
    ['datetime', "'2020-01-01 00:00:00'::timestamp without time zone", "'2020-01-01 00:00:00'"],
    ['datetime', 'current_timestamp()', 'current_timestamp()'],
    ['text', "upper('x'::text)", "upper('x'::text)"],
    ['text', "('a') || ('b')", "('a') || ('b')"],
  ] as const) {
    it(`is ${literal} for ${shown} in a column of type ${type}`, () => {
      assert.equal(defaultFromCatalogue(type, shown), literal);
    });
  }
});
