import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { netChanges } from './net-changes.ts';

describe('netChanges', () => {
  it('keeps the first value before and the last after, with its author', () => {
    const changes = [
      { by: 'hook a', on: 'node', path: '/extra/x', from: 1, to: 2 },
      { by: 'hook b', on: 'node', path: '/extra/y', from: undefined, to: { z: 1 } },
      { by: 'rule r', on: 'node', path: '/extra/x', from: 2, to: 3 },
    ];

    assert.deepEqual(netChanges(changes), [
      { by: 'rule r', on: 'node', path: '/extra/x', from: 1, to: 3 },
      changes[1],
    ]);
  });

  it('leaves out what comes back to what it was', () => {
    const changes = [
      { by: 'hook a', on: 'node', path: '/extra/x', from: { a: 1 }, to: 2 },
      { by: 'rule r', on: 'node', path: '/extra/x', from: 2, to: { a: 1 } },
    ];

    assert.deepEqual(netChanges(changes), []);
  });
});
