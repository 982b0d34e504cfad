import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { FuzzTarget } from '../../testing/fuzz-inputs/fuzz-target.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import type { Coverage } from './coverage-probe.ts';
import { explore } from './explore.ts';
import { minimised, shrinkFault } from './shrink-input.ts';

/** A reader that goes one step further for each right letter, and fails at the last one. */
function ladder(word: string) {
  let reached = 0;
  const target: FuzzTarget = {
    name: 'ladder',
    words: word.split(''),
    seeds: [word[0] ?? ''],
    run(input) {
      const text = input.toString('latin1');
      let steps = 0;
      while (steps < word.length && text.includes(word.slice(0, steps + 1))) steps += 1;
      reached = Math.max(reached, steps);
      if (steps === word.length) throw new TypeError('the ladder ends here');
      if (steps === 0) throw new InspectorError('invalid', 'not on the ladder');
    },
  };
  const take = (): Coverage => {
    const run = new Uint8Array(word.length).fill(1, 0, reached);
    reached = 0;
    return new Map([['ladder', run]]);
  };
  return { target, probe: { take } };
}

describe('explore', () => {
  it('climbs from input to input that runs new code, and finds the fault at the end', async () => {
    const { target, probe } = ladder('abcd');

    const { inputs, faults, covered } = await explore({
      target,
      known: target.seeds,
      random: seededRandom(1),
      probe,
      duration: 300,
    });

    assert.ok(inputs.length >= 3, JSON.stringify(inputs));
    assert.equal(covered, 4);
    assert.deepEqual(
      faults.map(({ error }) => String(error)),
      ['TypeError: the ladder ends here'],
    );
  });
});

describe('shrinkFault', () => {
  it('leaves what the fault needs', async () => {
    const { target } = ladder('abc');
    const error = await Promise.resolve()
      .then(() => target.run(Buffer.from('abc')))
      .catch((thrown: unknown) => thrown);

    const short = await shrinkFault(target, { input: 'xxx abc xxxxx', error });

    assert.equal(short, 'abc');
  });
});

describe('minimised', () => {
  it('keeps one short input for each piece of code', async () => {
    const { target, probe } = ladder('abcd');

    const kept = await minimised(target, ['a', 'xxabxx', 'yyyyyab', 'abc zzz'], probe);

    assert.deepEqual(kept, ['a', 'ab', 'abc']);
  });
});
