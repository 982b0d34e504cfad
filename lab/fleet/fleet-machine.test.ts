import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planFleet } from './fleet-machine.ts';
import { shares, traitsOf } from './fleet-profile.ts';

const plan = (profile: string, machines = 200, seed = 7) =>
  planFleet({ machines, traits: traitsOf(profile), seed, bmcAddress: (number) => `192.0.2.${number & 255}` });

describe('planFleet', () => {
  it('gives machines MAC addresses of their own', () => {
    const macs = plan('normal').flatMap(({ cards }) => cards);

    assert.equal(new Set(macs).size, 600);
    assert.ok(macs.every((mac) => /^52:54:f1(:[0-9a-f]{2}){3}$/.test(mac)));
  });

  it('is the same again for the same seed, and another for another', () => {
    assert.deepEqual(plan('mix'), plan('mix'));
    assert.notDeepEqual(plan('mix'), plan('mix', 200, 8));
  });

  it('gives each trait to its share of the machines, and to two of a small fleet', () => {
    const machines = plan('mix');

    for (const [trait, share] of Object.entries(shares)) {
      const those = machines.filter(({ traits }) => [...traits].includes(trait as keyof typeof shares));
      assert.equal(those.length, share * 2, trait);
    }
    assert.equal(plan('late', 3).filter(({ traits }) => traits.has('late')).length, 2);
    assert.equal(plan('late', 1).filter(({ traits }) => traits.has('late')).length, 1);
  });

  it('lends MAC addresses in pairs, of the card to boot from and of another in turns', () => {
    const machines = plan('duplicate-mac');
    const borrowers = machines.filter(({ borrowedCard }) => borrowedCard !== undefined);

    assert.equal(borrowers.length, 10);
    assert.equal(borrowers.filter(({ borrowedCard }) => borrowedCard === 0).length, 5);
    for (const { number, cards, borrowedCard = 0 } of borrowers) {
      const owners = machines.filter(
        (one) => one.number !== number && one.cards[borrowedCard] === cards[borrowedCard],
      );
      assert.deepEqual(
        owners.map(({ borrowedCard: card, traits }) => [card, [...traits]]),
        [[undefined, ['duplicate-mac']]],
      );
    }
  });
});
