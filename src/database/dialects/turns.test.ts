import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns.ts';

it('turns come one after the other, in order of arrival', async () => {
  const turns = new Turns();
  const order: number[] = [];

  await Promise.all(
    [1, 2, 3].map(async (n) => {
      const end = await turns.take();
      order.push(n);
      await turn();
      order.push(n);
      end();
    }),
  );

  assert.deepEqual(order, [1, 1, 2, 2, 3, 3]);
});
