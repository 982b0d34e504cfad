import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settableClock } from '../../../../testing/settable-clock.ts';
import { passwordCheck } from './password-check.ts';
import { Turns } from './turns.ts';

describe('passwordCheck', () => {
  function checks() {
    const clock = settableClock();
    const asked: string[] = [];
    const check = passwordCheck({
      verify: async (password, digest) => {
        asked.push(digest);
        return Buffer.from(password).toString() === 'right';
      },
      now: () => clock.now(),
      key: new Uint8Array(32),
    });
    return { clock, asked, check: (password: string, digest = 'd') => check(Buffer.from(password), digest) };
  }

  it('remembers a right password for a minute, by its digest', async () => {
    const { clock, asked, check } = checks();

    const first = [await check('right'), await check('right'), await check('right', 'e')];
    clock.advance(60_001);
    await check('right');

    assert.deepEqual(first, [true, true, true]);
    assert.deepEqual(asked, ['d', 'e', 'd']);
  });

  it('does not remember a wrong one', async () => {
    const { asked, check } = checks();

    assert.deepEqual([await check('wrong'), await check('wrong')], [false, false]);
    assert.equal(asked.length, 2);
  });

  it('remembers no more than a thousand', async () => {
    const { asked, check } = checks();

    for (let n = 0; n <= 1000; n++) await check('right', String(n));
    await check('right', '0');
    await check('right', '1000');

    assert.equal(asked.length, 1002);
  });
});

describe('Turns', () => {
  it('does so much at once, lets so many wait, and refuses the rest', async () => {
    const turns = new Turns(2, 1);
    const gate = Promise.withResolvers<void>();
    const state = { running: 0, most: 0 };
    const work = async () => {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await gate.promise;
      state.running -= 1;
    };

    const taken = [turns.take(work), turns.take(work), turns.take(work)];
    await assert.rejects(turns.take(work), { kind: 'unavailable' });
    gate.resolve();
    await Promise.all(taken);
    await turns.take(work);

    assert.equal(state.most, 2);
  });

  it('goes on after a failure', async () => {
    const turns = new Turns(1, 0);

    await assert.rejects(
      turns.take(() => Promise.reject(new Error('no'))),
      /no/,
    );

    assert.equal(await turns.take(async () => 5), 5);
  });
});
