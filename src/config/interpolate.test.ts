import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { interpolate } from './interpolate.ts';

const marked = (text: string) => interpolate(text, (name) => `<${name}>`);

describe('interpolate', () => {
  for (const [text, expected] of [
    ['plain', 'plain'],
    ['$host', '<host>'],
    ['${host}x', '<host>x'],
    ['$group.name/y', '<group.name>/y'],
    ['${group.name}', '<group.name>'],
    ['$Host_2', '<Host_2>'],
    ['a$b$c', 'a<b><c>'],
    ['$$host', '$host'],
    ['\\$host', '$host'],
    ['\\$$host', '$<host>'],
    ['$5 and $', '$5 and $'],
    ['${open', '${open'],
    ['${}', '${}'],
    ['$_x', '<_x>'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(text)}`, () =>
      assert.equal(marked(text), expected));
  }

  it('does not look again at what it has inserted', () => {
    assert.equal(
      interpolate('$a', () => '$b $& $$'),
      '$b $& $$',
    );
  });
});
