import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { InspectorError } from '../../errors/inspector-error.ts';
import { addToBuiltIns } from './built-ins-list.ts';

const empty = `import type { Migration } from '../migration.ts';

/** Ours. */
export const ownMigrations: readonly Migration[] = [];
`;

const one = { file: '0001-first.ts', constant: 'first', revision: '0001' };
const two = { file: 'a00000000000-more-room.ts', constant: 'moreRoom', revision: 'a00000000000' };

describe('addToBuiltIns', () => {
  it('adds an import and a member', () => {
    assert.equal(
      addToBuiltIns(addToBuiltIns(empty, one), two),
      `import type { Migration } from '../migration.ts';
import { first } from './0001-first.ts';
import { moreRoom } from './a00000000000-more-room.ts';

/** Ours. */
export const ownMigrations: readonly Migration[] = [first, moreRoom];
`,
    );
  });

  it('keeps imports in the order of their names, and the list in that of the history', () => {
    const text = addToBuiltIns(addToBuiltIns(empty, two), one);

    assert.ok(text.indexOf("'./0001-first.ts'") < text.indexOf("'./a00000000000-more-room.ts'"));
    assert.match(text, /= \[moreRoom, first\];/);
  });

  it('sorts numbers as the formatter does: by their digits, leading zeros included', () => {
    const files = [
      '0001-a.ts',
      '0002-a.ts',
      '18440d0834af-a.ts',
      '00000000000a-a.ts',
      'a2.ts',
      'a2-a.ts',
      'a10.ts',
    ];
    const shuffled = [5, 0, 3, 6, 1, 4, 2].map((place) => ({
      file: files[place]!,
      constant: 'a',
      revision: `${place}`,
    }));

    const text = shuffled.reduce(addToBuiltIns, empty);

    assert.deepEqual(
      [...text.matchAll(/'\.\/(.*)'/g)].map(([, file]) => file),
      files,
    );
  });

  it('gives a constant another name where one is called so already', () => {
    const text = addToBuiltIns(addToBuiltIns(empty, one), { ...two, constant: 'first' });

    assert.match(text, /import \{ first as migrationa00000000000 \} from '\.\/a00000000000-more-room\.ts';/);
    assert.match(text, /= \[first, migrationa00000000000\];/);
  });

  it('breaks a list that is too long for a line, and goes on with a broken one', () => {
    const long = { ...two, constant: 'aVeryLongNameOfAMigrationThatFillsNearlyHalfOfALine' };

    const broken = addToBuiltIns(addToBuiltIns(addToBuiltIns(empty, one), long), {
      ...two,
      file: 'b.ts',
      constant: 'last',
      revision: 'b',
    });

    assert.match(
      broken,
      /= \[\n {2}first,\n {2}aVeryLongNameOfAMigrationThatFillsNearlyHalfOfALine,\n {2}last,\n\];\n$/,
    );
  });

  it('understands the list as it is', () => {
    const path = new URL('../../database/migrations/own/built-ins.ts', import.meta.url);

    const text = addToBuiltIns(readFileSync(path, 'utf8'), two);

    assert.match(text, /\bmoreRoom,?\n?\];/);
  });

  for (const [what, text] of [
    ['a file without the list', "import type { Migration } from '../migration.ts';\n"],
    ['a file without the import of the type', 'export const ownMigrations: readonly Migration[] = [];\n'],
  ] as const) {
    it(`leaves ${what} to people`, () => {
      assert.throws(
        () => addToBuiltIns(text, one),
        (error) => error instanceof InspectorError && /by hand/.test(error.message),
      );
    });
  }
});
