import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageOf, SeenCoverage } from './coverage-probe.ts';

const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });
const script = (...ranges: ReturnType<typeof range>[]) => ({
  scriptId: '1',
  url: 'file:///a.ts',
  functions: [{ functionName: 'f', isBlockCoverage: true, ranges }],
});

describe('coverageOf', () => {
  it('tells the blocks of a function apart', () => {
    const coverage = coverageOf([script(range(10, 20, 3), range(12, 16, 0), range(13, 14, 1))]);

    assert.deepEqual([...coverage], [['file:///a.ts:10:20', Uint8Array.of(1, 1, 0, 1, 0, 0, 1, 1, 1, 1)]]);
  });

  it('leaves out what was not run', () => {
    assert.equal(coverageOf([script(range(10, 20, 0)), script()]).size, 0);
  });
});

describe('SeenCoverage', () => {
  const part = coverageOf([script(range(0, 4, 1), range(2, 4, 0))]);
  const whole = coverageOf([script(range(0, 4, 1))]);

  it('knows what was run before', () => {
    const seen = new SeenCoverage();

    seen.add(part);

    assert.equal(seen.isNew(part), false);
    assert.equal(seen.isNew(whole), true);
    assert.equal(seen.size, 2);
  });

  it('says what is new in something', () => {
    const seen = new SeenCoverage();
    seen.add(part);

    const added = seen.newOf(whole);
    seen.add(whole);

    assert.equal(added.isIn(whole), true);
    assert.equal(added.isIn(part), false);
    assert.equal(seen.size, 4);
  });
});
