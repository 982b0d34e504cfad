import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentFormat } from './percent-format.ts';

const values: Record<string, string | number> = { msecs: 7, name: 'abc', ratio: 1.23456, text: '12' };
const render = (format: string) => percentFormat(format).render((name) => values[name]);

describe('percentFormat', () => {
  for (const [format, expected] of [
    ['plain', 'plain'],
    ['', ''],
    ['%(name)s.%(msecs)03d', 'abc.007'],
    ['[%(name)6s][%(name)-6s]', '[   abc][abc   ]'],
    ['%(name).2s', 'ab'],
    ['%(ratio).2f %(ratio)f %(ratio)d', '1.23 1.234560 1'],
    ['%(text)d %(name)d', '12 0'],
    ['%(nothing)s %(nothing)d %(nothing).1f', '- 0 0.0'],
    ['100%% %(name)s', '100% abc'],
    ['%(name) %x', '%(name) %x'],
    ['%(name)r', 'abc'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(format)}`, () =>
      assert.equal(render(format), expected));
  }

  it('tells the names that occur', () => {
    assert.deepEqual([...percentFormat('%(a)s %(b)d %(a)s %%').names], ['a', 'b']);
  });

  it('bounds widths, so that a format cannot ask for a line of gigabytes', () => {
    assert.equal(render('%(name)999999999s').length, 200);
  });
});
