import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorKind } from './inspector-error.ts';
import { statusOf } from './status-of.ts';

describe('statusOf', () => {
  const kinds: readonly (readonly [ErrorKind, number])[] = [
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['not-acceptable', 406],
    ['too-slow', 503],
    ['conflict', 409],
    ['too-large', 413],
    ['internal', 500],
    ['unavailable', 503],
  ];
  for (const [kind, status] of kinds) {
    it(`is ${status} for ${kind}`, () => {
      assert.equal(statusOf(kind), status);
    });
  }
});
