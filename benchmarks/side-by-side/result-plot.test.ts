import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { resultPlot } from './result-plot.ts';

const head = { subset: 'continue', unit: 'introspections/s', better: 'higher' } as const;

describe('the plot of results', () => {
  it('has a bar for each row that both services have, with what was measured beside it', () => {
    const svg = resultPlot(
      [
        { ...head, name: 'small', samples: { ours: [100], original: [10] } },
        { ...head, name: 'large', samples: { ours: [5], original: [10] } },
        { ...head, name: 'alone', samples: { ours: [5] } },
      ],
      'A & B',
    );

    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*>/);
    assert.match(svg, /A &amp; B/);
    assert.match(svg, />continue: small<.*>10 \(100 against 10 introspections\/s\)</);
    assert.match(svg, />continue: large<.*>0\.5 \(5 against 10 introspections\/s\)</);
    assert.doesNotMatch(svg, /alone|NaN|Infinity/);
  });

  it('has bars of logarithmic length on both sides of 1', () => {
    const svg = resultPlot(
      [100, 10, 0.1].map((ours) => ({ ...head, name: `${ours}`, samples: { ours: [ours], original: [1] } })),
      'any',
    );

    const widths = [...svg.matchAll(/width="([\d.]+)" height="16"/g)].map(([, width]) => Number(width));
    assert.deepEqual(widths, [280, 140, 140]);
  });

  it('is a picture also where nothing was measured', () => {
    assert.doesNotMatch(resultPlot([], 'any'), /NaN|Infinity/);
  });
});
