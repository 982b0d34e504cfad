// Shows these lines of docs/compatibility.md: registry-uuid-spelling.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalUuid } from './canonical-uuid.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

describe('canonicalUuid', () => {
  for (const text of [uuid, uuid.toUpperCase(), uuid.replaceAll('-', ''), `{${uuid}}`, `urn:uuid:${uuid}`]) {
    it(`reads ${text}`, () => {
      assert.equal(canonicalUuid(text), uuid);
    });
  }

  for (const text of ['', 'one', `${uuid}0`, uuid.slice(1), uuid.replace('1', 'g'), 'a'.repeat(100_000)]) {
    it(`takes ${text.slice(0, 40)} for no UUID`, () => {
      assert.equal(canonicalUuid(text), undefined);
    });
  }
});
