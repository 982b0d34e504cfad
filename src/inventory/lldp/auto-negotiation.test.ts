// Shows these lines of docs/compatibility.md: lldp-10base-t-fdx.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { negotiable } from './auto-negotiation.ts';

describe('what a port can negotiate', () => {
  it('has a bit each', () => {
    const names = Array.from({ length: 16 }, (_, index) => negotiable(1 << index).join());

    assert.deepEqual(names, [
      '1000BASE-T fdx',
      '1000BASE-T hdx',
      '1000BASE-X fdx',
      '1000BASE-X hdx',
      'Asym and Sym PAUSE fdx',
      'Sym PAUSE fdx',
      'Asym PAUSE fdx',
      'PAUSE fdx',
      '100BASE-T2 fdx',
      '100BASE-T2 hdx',
      '100BASE-TX fdx',
      '100BASE-TX hdx',
      '10BASE-T4',
      '10BASE-T fdx',
      '10BASE-T hdx',
      '',
    ]);
  });

  it('is sorted as text', () => {
    assert.deepEqual(negotiable(0x6401), [
      '1000BASE-T fdx',
      '100BASE-TX fdx',
      '10BASE-T fdx',
      '10BASE-T hdx',
    ]);
    assert.deepEqual(negotiable(0), []);
  });
});
