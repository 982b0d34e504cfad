import { type SeededRandom, seededRandom } from '../../testing/seeded-random.ts';
import { shares, type Trait } from './fleet-profile.ts';

/** A machine that is only played. */
export interface FleetMachine {
  /** From 0. */
  readonly number: number;
  /** Of its node. */
  readonly name: string;
  /** MAC addresses of its network cards: it boots from the first, and the node has ports for the first two. */
  readonly cards: readonly [string, string, string];
  readonly bmcAddress: string;
  readonly traits: ReadonlySet<Trait>;
  /** Which card has the MAC address of another machine; `undefined` where none has. */
  readonly borrowedCard: 0 | 2 | undefined;
  /** For all that happens to it by chance. */
  readonly seed: number;
}

/** What a fleet is made of. */
export interface FleetPlan {
  readonly machines: number;
  readonly traits: ReadonlySet<Trait>;
  /** The same number gives the same fleet. */
  readonly seed: number;
  /** The address of a machine's BMC, by its number. */
  readonly bmcAddress: (number: number) => string;
}

/** The machines of a fleet, up to 65,536. Who has which trait is drawn; how many have it is not. */
export function planFleet({ machines: count, traits, seed, bmcAddress }: FleetPlan): FleetMachine[] {
  const random = seededRandom(seed);
  const chosen = new Map([...traits].map((trait) => [trait, chooseSome(count, shares[trait], random)]));
  const borrowers = new Map(pairsOf(chosen.get('duplicate-mac') ?? []));
  return Array.from({ length: count }, (_, number) => {
    const borrower = borrowers.get(number);
    return {
      number,
      name: `fleet-${String(number).padStart(5, '0')}`,
      cards: cardsOf(number, borrower),
      bmcAddress: bmcAddress(number),
      traits: new Set([...traits].filter((trait) => chosen.get(trait)?.includes(number))),
      borrowedCard: borrower?.card,
      seed: random.below(2 ** 32),
    };
  });
}

/** Numbers of so many of a hundred, in random order: of one machine at least, and of an even number if there can be. */
function chooseSome(count: number, share: number, random: SeededRandom): number[] {
  const wanted = 2 * Math.max(1, Math.round((count * share) / 200));
  const left = Array.from({ length: count }, (_, number) => number);
  return Array.from({ length: Math.min(wanted, count) }, () =>
    left.splice(random.below(left.length), 1),
  ).flat();
}

interface Borrower {
  readonly from: number;
  readonly card: 0 | 2;
}

/** Every second number borrows from the one before it: the first pair for the card to boot from, the next for another. */
function pairsOf(numbers: readonly number[]): [number, Borrower][] {
  return numbers.flatMap((number, at): [number, Borrower][] => {
    const from = numbers[at - 1];
    return at % 2 === 0 || from === undefined ? [] : [[number, { from, card: at % 4 === 1 ? 0 : 2 }]];
  });
}

function cardsOf(number: number, borrower: Borrower | undefined): [string, string, string] {
  const own = (card: number) => (borrower?.card === card ? borrower.from : number);
  return [macOf(0, own(0)), macOf(1, number), macOf(2, own(2))];
}

function macOf(card: number, number: number): string {
  const digits = number.toString(16).padStart(4, '0');
  return `52:54:f1:0${card}:${digits.slice(0, 2)}:${digits.slice(2)}`;
}
