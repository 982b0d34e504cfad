// Shows these lines of docs/compatibility.md: registry-traits.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requireTrait, traitSet } from './trait.ts';

describe('traits', () => {
  it('are custom ones and the standard ones of os-traits', () => {
    for (const trait of [
      'CUSTOM_A',
      'HW_CPU_X86_VMX',
      'STORAGE_DISK_SSD',
      'COMPUTE_NODE',
      'MISC_SHARES_VIA_AGGREGATE',
    ]) {
      assert.doesNotThrow(() => requireTrait(trait));
    }
  });

  for (const trait of [
    '',
    'CUSTOM_',
    'custom_a',
    'CUSTOM_a',
    'OTHER_A',
    'CUSTOM_A ',
    `CUSTOM_${'A'.repeat(250)}`,
    5,
    null,
  ]) {
    it(`refuses ${JSON.stringify(trait).slice(0, 30)}`, () => {
      assert.throws(() => requireTrait(trait), { kind: 'invalid', message: /^Schema error for trait: / });
    });
  }

  it('are sorted, each once, and not more than 50', () => {
    const many = Array.from({ length: 51 }, (_, index) => `CUSTOM_${index}`);

    assert.deepEqual(traitSet('u', ['CUSTOM_B', 'CUSTOM_A', 'CUSTOM_B']), ['CUSTOM_A', 'CUSTOM_B']);
    assert.equal(traitSet('u', many.slice(1)).length, 50);
    assert.throws(() => traitSet('u', many), {
      kind: 'invalid',
      message: /maximum number of traits per node \(50\)/,
    });
  });
});
