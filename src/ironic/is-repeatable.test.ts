import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRepeatable } from './is-repeatable.ts';

describe('a patch', () => {
  it('may be sent again when it sets what is there afterwards', () => {
    assert.equal(
      isRepeatable([
        { op: 'add', path: '/properties/cpus', value: '4' },
        { op: 'replace', path: '/extra/list/0', value: 1 },
      ]),
      true,
    );
  });

  it('may not when it adds to a list, removes, or tests', () => {
    assert.equal(isRepeatable([{ op: 'add', path: '/extra/list/-', value: 1 }]), false);
    assert.equal(isRepeatable([{ op: 'add', path: '/extra/list/0', value: 1 }]), false);
    assert.equal(isRepeatable([{ op: 'remove', path: '/extra/a' }]), false);
    assert.equal(isRepeatable([{ op: 'test', path: '/extra/a', value: 1 }]), false);
  });
});
