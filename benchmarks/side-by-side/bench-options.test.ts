import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allSubsets } from './all-subsets.ts';
import { benchHelp, benchOptions } from './bench-options.ts';

describe('options of the benchmark', () => {
  it('are all subsets and all contestants unless said otherwise', () => {
    const { subsets, settings, mustSucceed } = benchOptions([]);

    assert.deepEqual(subsets, allSubsets);
    assert.deepEqual(settings.contestants, ['ours', 'original', 'floor']);
    assert.deepEqual(settings.concurrencies, [1, 8, 32, 128]);
    assert.equal(mustSucceed, false);
  });

  it('pick subsets and sizes', () => {
    const { subsets, settings, output } = benchOptions(
      'reads continue --rounds 5 --seconds 2 --limit 9 --payload=60\u00a0KiB --concurrency 1,2 --sizes 10 --rules 0,5 --output x'
        .split(' ')
        .map((word) => word.replace('\u00a0', ' ')),
    );

    assert.deepEqual(
      subsets.map(({ name }) => name),
      ['reads', 'continue'],
    );
    assert.deepEqual(
      { ...settings, contestants: [], mostIntrospections: 0, rest: 0, nodes: 0 },
      {
        contestants: [],
        rounds: 5,
        seconds: 2,
        limit: 9,
        payloads: ['60 KiB'],
        concurrencies: [1, 2],
        mostIntrospections: 0,
        rest: 0,
        nodes: 0,
        sizes: [10],
        rules: [0, 5],
      },
    );
    assert.equal(output, 'x');
  });

  it('can leave out the original, and can be tiny', () => {
    const { settings, mustSucceed } = benchOptions(['--smoke', '--without-original']);

    assert.deepEqual(settings.contestants, ['ours', 'floor']);
    assert.equal(settings.rounds, 1);
    assert.equal(mustSucceed, true);
  });

  it('are refused where they make no sense', () => {
    assert.throws(() => benchOptions(['nonsense']), /Expected a subset \(continue, .*\), got 'nonsense'/);
    assert.throws(() => benchOptions(['--payload', '5 KiB']), /Expected a payload .*, got '5 KiB'/);
    assert.throws(() => benchOptions(['--rounds', '0']), /Expected a number of 1 or more, got '0'/);
    assert.throws(() => benchOptions(['--nonsense']), /nonsense/);
  });

  it('are explained, with every subset', () => {
    assert.equal(benchOptions(['--help']).help, true);
    for (const { name, description } of allSubsets) {
      assert.ok(benchHelp().includes(`  ${name} `) && benchHelp().includes(description));
    }
  });
});
