import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traitsOf } from './fleet-profile.ts';

describe('traitsOf', () => {
  it('is nothing for normal machines, one or several by name, all in a mix', () => {
    assert.deepEqual([...traitsOf('normal')], []);
    assert.deepEqual([...traitsOf('duplicate-mac,lossy')], ['lossy', 'duplicate-mac']);
    assert.deepEqual([...traitsOf('mix')], ['slow', 'lossy', 'duplicate-mac', 'lying-lldp', 'late']);
  });

  it('refuses other words', () => {
    assert.throws(() => traitsOf('lossy,toString'), /Expected normal, slow, .* got 'toString'/);
  });
});
