import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { faultsDocument, faultsPath } from './document.ts';

it(`the table in ${faultsPath} is made from the matrix; if not, run: npm run genfaults`, () => {
  const committed = readFileSync(new URL(`../../../${faultsPath}`, import.meta.url), 'utf8');

  assert.equal(committed, faultsDocument());
});
