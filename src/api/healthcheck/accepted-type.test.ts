import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptedType } from './accepted-type.ts';

describe('acceptedType', () => {
  /** What the original's library takes for each. */
  const cases: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'text/plain'],
    ['', 'text/plain'],
    ['*/*', 'text/plain'],
    ['text/*', 'text/plain'],
    ['text/html', 'text/html'],
    ['application/json', 'application/json'],
    ['application/*', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['text/html, application/json', 'text/html'],
    ['application/json, text/html;q=0.5', 'application/json'],
    ['application/json;q=1.0, text/plain', 'text/plain'],
    ['application/json;q=0.9,*/*;q=0.1', 'application/json'],
    ['text/plain;q=0, */*', 'text/html'],
    ['text/html;level=1', 'text/plain'],
    ['image/png', 'text/plain'],
    ['bogus', 'text/plain'],
    ['text/html;q=2', 'text/plain'],
  ];
  for (const [accept, type] of cases) {
    it(`takes ${type} for ${accept === undefined ? 'no header' : `'${accept}'`}`, () => {
      assert.equal(acceptedType(accept), type);
    });
  }
});
