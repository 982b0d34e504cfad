import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnOf, createTableText, otherConstraints, parseTableText, wordsOf } from './sqlite-table-text.ts';

describe('parseTableText', () => {
  const texts: Record<string, { text: string; parts: string[]; options: string }> = {
    'columns and constraints': {
      text: "CREATE TABLE t (\n a INTEGER,\n b VARCHAR(36) DEFAULT (''),\n PRIMARY KEY (a, b)\n)",
      parts: ['a INTEGER', "b VARCHAR(36) DEFAULT ('')", 'PRIMARY KEY (a, b)'],
      options: '',
    },
    'quoted names and texts with commas, parentheses and quotation marks': {
      text: `CREATE TABLE "t(,""" ("a,b" TEXT DEFAULT 'x,''(', [c)] TEXT, \`d\` TEXT)`,
      parts: [`"a,b" TEXT DEFAULT 'x,''('`, '[c)] TEXT', '`d` TEXT'],
      options: '',
    },
    'options after the parentheses': {
      text: 'CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID, STRICT',
      parts: ['a TEXT PRIMARY KEY'],
      options: 'WITHOUT ROWID, STRICT',
    },
    comments: {
      text: 'CREATE TABLE t (a TEXT, -- the first, (\n b TEXT /* , the second */)',
      parts: ['a TEXT', 'b TEXT'],
      options: '',
    },
    'checks with calls': {
      text: 'CREATE TABLE t (a TEXT CHECK (length(a) IN (1, 2)))',
      parts: ['a TEXT CHECK (length(a) IN (1, 2))'],
      options: '',
    },
  };

  for (const [title, { text, ...expected }] of Object.entries(texts)) {
    it(`takes apart ${title}`, () => {
      assert.deepEqual(parseTableText(text), expected);
    });
  }
});

describe('createTableText', () => {
  it('puts the parts together under another name', () => {
    assert.equal(
      createTableText('n"w', { parts: ['a TEXT', 'b TEXT'], options: 'STRICT' }),
      'CREATE TABLE "n""w" (\n  a TEXT,\n  b TEXT) STRICT',
    );
  });
});

describe('columnOf', () => {
  const columns: [string, string | undefined][] = [
    ['a TEXT', 'a'],
    ['"a b" TEXT', 'a b'],
    ['[a] TEXT', 'a'],
    ['`a` TEXT', 'a'],
    ['"a""b" TEXT', 'a"b'],
    ['"primary" TEXT', 'primary'],
    ['PRIMARY KEY (a)', undefined],
    ['CONSTRAINT x UNIQUE (a)', undefined],
    ['FOREIGN KEY(a) REFERENCES t (b)', undefined],
    ['CHECK (a > 1)', undefined],
  ];
  for (const [part, column] of columns) {
    it(`of ${part} is ${column}`, () => {
      assert.equal(columnOf(part), column);
    });
  }
});

describe('wordsOf', () => {
  it('keeps what is in parentheses with the word before', () => {
    assert.deepEqual(wordsOf("a VARCHAR(3) DEFAULT ('x') CHECK (f(a) > 1)"), [
      'a',
      'VARCHAR (3)',
      "DEFAULT ('x')",
      'CHECK (f(a) > 1)',
    ]);
  });
});

describe('otherConstraints', () => {
  const constraints: [string, string][] = [
    ['a TEXT', ''],
    ['a', ''],
    ["a VARCHAR(3) DEFAULT 'x' NOT NULL UNIQUE", 'UNIQUE'],
    ["a TEXT DEFAULT ('x') NULL COLLATE NOCASE", 'COLLATE NOCASE'],
    ['a INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT', 'PRIMARY KEY AUTOINCREMENT'],
    ['a TEXT CHECK (a IS NOT NULL) NOT NULL', 'CHECK (a IS NOT NULL)'],
    ['a TEXT REFERENCES t (b) ON DELETE SET NULL NOT NULL', 'REFERENCES t (b) ON DELETE SET NULL'],
  ];
  for (const [part, rest] of constraints) {
    it(`of ${part} are ${rest === '' ? 'none' : rest}`, () => {
      assert.equal(otherConstraints(part), rest);
    });
  }
});
