// Shows these lines of docs/compatibility.md: storable-text.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mysqlDialect } from './mysql-dialect.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { storableText } from './storable-text.ts';

const longest = 65_535;

describe('a text that every engine takes', () => {
  it('has U+FFFD for NUL, and for half a surrogate pair', () => {
    for (const dialect of [sqliteDialect, postgresqlDialect, mysqlDialect]) {
      assert.equal(dialect.storableText('a\u0000b\ud800c'), 'a\ufffdb\ufffdc');
      assert.equal(dialect.storableText('é\n'), 'é\n');
      assert.equal(dialect.storableText(''), '');
    }
  });

  it('has U+FFFD on MySQL for what needs four bytes, and nowhere else', () => {
    assert.equal(mysqlDialect.storableText('a😀b\uffff'), 'a\ufffdb\uffff');
    assert.equal(postgresqlDialect.storableText('a😀b'), 'a😀b');
    assert.equal(sqliteDialect.storableText('a😀b'), 'a😀b');
  });

  it('is kept whole up to 65,535 bytes', () => {
    for (const text of ['x'.repeat(longest), 'é'.repeat(32_767), '€'.repeat(21_845)]) {
      assert.equal(storableText(text), text);
    }
  });

  it('is cut between two characters', () => {
    assert.equal(storableText('x'.repeat(longest + 1)), 'x'.repeat(longest));
    assert.equal(storableText(`${'x'.repeat(longest - 1)}é`), 'x'.repeat(longest - 1));
    assert.equal(storableText(`${'x'.repeat(longest - 2)}é!`), `${'x'.repeat(longest - 2)}é`);
    assert.equal(storableText(`${'x'.repeat(longest - 3)}😀`), 'x'.repeat(longest - 3));
    assert.equal(storableText('€'.repeat(30_000)), '€'.repeat(21_845));
  });
});
