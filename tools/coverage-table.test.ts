import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withoutCoverageTable } from './coverage-table.ts';

it('withoutCoverageTable passes on all but the table, in whatever pieces it comes', () => {
  const output =
    'ℹ pass 1\nℹ start of coverage report\nℹ file | line %\nℹ a.ts | 90\nℹ end of coverage report\nthe end\n';
  const written: string[] = [];
  const take = withoutCoverageTable((text) => void written.push(text));

  for (const piece of output.match(/.{1,7}/gs) ?? []) take(piece);

  assert.deepEqual(written, ['ℹ pass 1\n', 'the end\n']);
});
