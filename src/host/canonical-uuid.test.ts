// Shows these lines of docs/compatibility.md: registry-uuid-spelling.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalUuid } from './canonical-uuid.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';

describe('canonicalUuid', () => {
  for (const spelling of [
    uuid,
    uuid.toUpperCase(),
    uuid.replaceAll('-', ''),
    `{${uuid}}`,
    `urn:uuid:${uuid}`,
    `uuid:${uuid}`,
    '2c-8f8f4f5f0a4f6e8b610a0a0a0a0a-01',
  ]) {
    it(`knows ${spelling}`, () => {
      assert.equal(canonicalUuid(spelling), uuid);
    });
  }

  for (const text of [
    '',
    'node-1',
    uuid.slice(1),
    `${uuid}0`,
    `${uuid.slice(1)}g`,
    `URN:UUID:${uuid}`,
    ` ${uuid}`,
  ]) {
    it(`does not take ${JSON.stringify(text)} for a UUID`, () => {
      assert.equal(canonicalUuid(text), undefined);
    });
  }

  it('does not look at long texts', () => {
    assert.equal(canonicalUuid(`${'{'.repeat(1_000_000)}${uuid}`), undefined);
  });
});
