import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ExactNumbers } from './exact-numbers.ts';

describe('ExactNumbers', () => {
  it('gives a numeral back as it was written', () => {
    const container = { size: 1 };
    const numbers = new ExactNumbers();

    numbers.remember(container, 'size', '1.0');

    assert.equal(numbers.numeralOf(container, 'size', 1), '1.0');
  });

  it('knows several members of one container', () => {
    const container = [1, 100];
    const numbers = new ExactNumbers();

    numbers.remember(container, '0', '1.0');
    numbers.remember(container, '1', '1e2');

    assert.equal(numbers.numeralOf(container, '0', 1), '1.0');
    assert.equal(numbers.numeralOf(container, '1', 100), '1e2');
  });

  it('forgets a numeral when the member has another value', () => {
    const container = { size: 1 };
    const numbers = new ExactNumbers();
    numbers.remember(container, 'size', '1.0');

    assert.equal(numbers.numeralOf(container, 'size', 2), undefined);
  });

  it('knows nothing of other members and of equal containers', () => {
    const container = { size: 1 };
    const numbers = new ExactNumbers();
    numbers.remember(container, 'size', '1.0');

    assert.equal(numbers.numeralOf(container, 'other', 1), undefined);
    assert.equal(numbers.numeralOf({ size: 1 }, 'size', 1), undefined);
  });

  it('writes a copy like its original', () => {
    const container = { size: 1 };
    const copy = { ...container };
    const numbers = new ExactNumbers();
    numbers.remember(container, 'size', '1.0');

    numbers.follow(container, copy);
    numbers.follow({}, copy);

    assert.equal(numbers.numeralOf(copy, 'size', 1), '1.0');
  });
});
