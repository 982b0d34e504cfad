import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BodyBudget } from './body-budget.ts';

const busy = {
  kind: 'unavailable',
  message: 'Too many request bodies are being received, try again later',
};

describe('BodyBudget', () => {
  it('gives all of it to several clients, and no more', () => {
    const budget = new BodyBudget(10);

    budget.shareOf('a').take(5);
    budget.shareOf('b').take(5);

    assert.throws(() => budget.shareOf('c').take(1), busy);
  });

  it('gives half of it to one client, however many requests it makes', () => {
    const budget = new BodyBudget(10);

    budget.shareOf('a').take(3);
    budget.shareOf('a').take(2);

    assert.throws(() => budget.shareOf('a').take(1), busy);
    assert.doesNotThrow(() => budget.shareOf('b').take(1));
  });

  it('gets everything back, once', () => {
    const budget = new BodyBudget(10);
    const share = budget.shareOf('a');
    share.take(2);
    share.take(3);
    const other = budget.shareOf('a');
    assert.throws(() => other.take(1), busy);

    other.release();
    share.release();
    share.release();

    assert.equal(budget.held, 0);
    assert.doesNotThrow(() => budget.shareOf('a').take(5));
  });
});
