import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { powerOnTurns } from './power-on-turns.ts';

describe('powerOnTurns', () => {
  it('gives the first turn at once', async () => {
    const turns = powerOnTurns(200);
    const begun = performance.now();

    await turns.next();

    assert.ok(performance.now() - begun < 150);
  });

  it('gives turns in order of arrival, with the pause between them', async () => {
    const turns = powerOnTurns(30);
    const given: { n: number; at: number }[] = [];

    await Promise.all(
      [1, 2, 3].map(async (n) => {
        await turns.next();
        given.push({ n, at: performance.now() });
      }),
    );

    assert.deepEqual(
      given.map(({ n }) => n),
      [1, 2, 3],
    );
    const pauses = given.slice(1).map(({ at }, index) => at - (given[index]?.at ?? 0));
    // A timer may go off up to a millisecond early.
    assert.ok(
      pauses.every((pause) => pause >= 28),
      pauses.join(' '),
    );
  });

  it('asks for no pause when the last turn is long ago', async () => {
    const turns = powerOnTurns(200);
    await turns.next();
    await new Promise((resolve) => setTimeout(resolve, 210));
    const begun = performance.now();

    await turns.next();

    assert.ok(performance.now() - begun < 150);
  });

  it('asks for none at all with a delay of zero', async () => {
    const turns = powerOnTurns(0);

    for (let n = 0; n < 5; n++) await turns.next();
  });
});
