import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatTable } from './format-table.ts';

describe('a table', () => {
  it('has numbers at the right, by the first row, and lines of a text below each other', () => {
    const rows = [
      ['a', 1, null],
      ['二\r\nb', 20, ['x', { y: true }]],
    ];

    const table = formatTable(['Name', 'N', 'Value'], rows, { maxWidth: undefined, minColumn: 8 });

    assert.equal(
      table,
      `
+------+----+--------------------+
| Name |  N | Value              |
+------+----+--------------------+
| a    |  1 | None               |
| 二   | 20 | ['x', {'y': True}] |
| b    |    |                    |
+------+----+--------------------+
`.trimStart(),
    );
  });

  it('is made narrower by breaking what is widest', () => {
    const rows = [['u-1', 'one two three four', 'e\u0301 five six']];

    const table = formatTable(['UUID', 'Text', 'More'], rows, { maxWidth: 32, minColumn: 4 });

    assert.equal(
      table,
      `
+------+-----------+-----------+
| UUID | Text      | More      |
+------+-----------+-----------+
| u-1  | one two   | e\u0301 five    |
|      | three     | six       |
|      | four      |           |
+------+-----------+-----------+
`.trimStart(),
    );
  });

  it('is left as it is where it fits, and never narrower than its heads', () => {
    const layout = (maxWidth: number) => formatTable(['A long head'], [['b c']], { maxWidth, minColumn: 2 });

    assert.equal(layout(15), layout(4));
  });

  it('escapes what could steer a terminal', () => {
    const table = formatTable(['A'], [['\u001b[2J']], { maxWidth: undefined, minColumn: 8 });

    assert.ok(table.includes('| \\x1b[2J |'));
  });
});
