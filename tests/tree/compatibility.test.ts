import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTree } from './read-tree.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Difference {
  readonly id: string;
  readonly tests: readonly string[];
}

/** The rows of the tables: the first cell is the id, the last names the tests. */
function differences(): Difference[] {
  const lines = readFileSync(`${root}docs/compatibility.md`, 'utf8').split('\n');
  const rows = lines.filter((line) => /^\| [a-z][a-z0-9-]+ \|/.test(line) && !line.startsWith('| id |'));
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    return { id: cells[1] ?? '', tests: (cells.at(-2) ?? '').split(', ') };
  });
}

describe('docs/compatibility.md', () => {
  it('names tests that exist', () => {
    const missing = differences().flatMap(({ id, tests }) =>
      tests.filter((path) => !existsSync(`${root}${path}`)).map((path) => `${id}: ${path}`),
    );

    assert.deepEqual(missing, []);
  });

  it('is named by the tests that show its lines', () => {
    const silent = differences().filter(({ id, tests }) =>
      tests.every(
        (path) => !existsSync(`${root}${path}`) || !readFileSync(`${root}${path}`, 'utf8').includes(id),
      ),
    );

    assert.deepEqual(
      silent.map(({ id, tests }) => `${id}: ${tests.join(', ')}`),
      [],
    );
  });

  it('explains each recorded case that differs by lines that it has', () => {
    const text = readFileSync(`${root}docs/compatibility.md`, 'utf8');
    const known = new Set(differences().map(({ id }) => id));
    const cases = [...text.matchAll(/^\| `([a-z0-9-]+)` \| (.*) \|$/gm)];

    assert.ok(cases.length > 0);
    assert.deepEqual(
      cases.flatMap(([, name, ids = '']) =>
        ids.split(', ').flatMap((id) => (known.has(id) ? [] : [`${name}: ${id}`])),
      ),
      [],
    );
  });

  it('has each difference that the code refers to, once', () => {
    const ids = differences().map(({ id }) => id);
    const known = new Set(ids);
    const referred = readTree('src').flatMap(({ path, text }) =>
      [...text.matchAll(/docs\/compatibility\.md,[\s*]*([a-z0-9-]+)/g)].map(
        ([, id = '']) => `${path}: ${id}`,
      ),
    );

    assert.equal(known.size, ids.length, 'an id stands twice');
    assert.deepEqual(
      referred.filter((reference) => !known.has(reference.split(': ')[1] ?? '')),
      [],
    );
  });
});
