import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Turns } from '../introspection/introspection.ts';
import { powerOnTurns } from './power-on-turns.ts';

/** Whether a turn comes before the pause is over. */
const isAtOnce = (turns: Turns) => Promise.race([turns.next().then(() => true), wait(150, false)]);

describe('powerOnTurns', () => {
  it('gives the first turn at once', async () => {
    assert.ok(await isAtOnce(powerOnTurns(200)));
  });

  it('gives turns in order of arrival, with the pause between them', async () => {
    const turns = powerOnTurns(30);
    const seen: string[] = [];

    await Promise.all(
      [1, 2, 3].map(async (n) => {
        await turns.next();
        seen.push(`turn ${n}`);
        await wait(20);
        seen.push(`20 ms after turn ${n}`);
      }),
    );

    assert.deepEqual(
      seen,
      [1, 2, 3].flatMap((n) => [`turn ${n}`, `20 ms after turn ${n}`]),
    );
  });

  it('asks for no pause when the last turn is long ago', async () => {
    const turns = powerOnTurns(200);
    await turns.next();
    await wait(210);

    assert.ok(await isAtOnce(turns));
  });

  it('asks for none at all with a delay of zero', async () => {
    const turns = powerOnTurns(0);

    for (let n = 0; n < 5; n++) await turns.next();
  });
});
