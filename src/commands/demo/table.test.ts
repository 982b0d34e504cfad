import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sectionText } from './table.ts';

describe('sectionText', () => {
  it('aligns the columns, and leaves no blanks at the end', () => {
    const rows = [
      ['a', 'one', 'x'],
      ['long', 'two or three', ''],
      ['b', 'four'],
    ];

    assert.equal(
      sectionText({ title: 'Title', rows }, undefined),
      'Title\n  a     one           x\n  long  two or three\n  b     four\n',
    );
  });

  it('cuts what does not fit', () => {
    const rows = [['name', 'a long value']];

    assert.equal(sectionText({ title: 'T', rows }, 12), 'T\n  name  a l…\n');
    assert.equal(sectionText({ title: 'T', rows }, 20), 'T\n  name  a long value\n');
  });

  it('cuts no character in two', () => {
    const text = sectionText({ title: 'T', rows: [['😀😀😀']] }, 4);

    assert.ok(text.isWellFormed());
  });

  it('says that there is nothing', () => {
    assert.equal(sectionText({ title: 'T', rows: [] }, 80), 'T\n  none\n');
    assert.equal(sectionText({ title: 'T', rows: [], ifEmpty: 'nothing new' }, 80), 'T\n  nothing new\n');
  });
});
