import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Query } from './query.ts';

const uuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';

describe('Query', () => {
  it('reads parameters in the types that are asked for', () => {
    const query = new Query({
      a: 'Text',
      b: 'True',
      c: ' 5 ',
      d: uuid.toUpperCase(),
      e: 'AA:BB:CC:DD:EE:FF',
      f: 'X, y,,x',
    });

    assert.equal(query.text('a'), 'Text');
    assert.equal(query.flag('b'), true);
    assert.equal(query.integer('c'), 5);
    assert.equal(query.uuid('d'), uuid);
    assert.equal(query.mac('e'), 'aa:bb:cc:dd:ee:ff');
    assert.deepEqual(query.list('f'), ['x', 'y']);
    assert.equal(new Query({ b: 'no' }).flag('b'), false);
  });

  it('knows what is not given', () => {
    const query = new Query({});

    assert.deepEqual(
      [
        query.text('a'),
        query.flag('a'),
        query.integer('a'),
        query.uuid('a'),
        query.mac('a'),
        query.list('a'),
      ],
      Array.from({ length: 6 }),
    );
  });

  it('refuses what is of another type', () => {
    const query = new Query({ a: 'x' });

    assert.throws(() => query.flag('a'), {
      kind: 'invalid',
      message: "Invalid a: Unrecognized value 'x', expected True or False",
    });
    assert.throws(() => query.integer('a'), { kind: 'invalid', message: 'Expected an integer for a: x' });
    assert.throws(() => query.uuid('a'), { kind: 'invalid', message: 'Expected UUID for a: x' });
    assert.throws(() => query.mac('a'), { kind: 'invalid', message: 'Expected valid MAC address for a: x' });
  });

  it('refuses what is unknown or given twice', () => {
    assert.throws(() => new Query({ a: 'x', b: 'y' }).only('a'), {
      kind: 'invalid',
      message: 'Unexpected arguments: b',
    });
    assert.throws(() => new Query({ a: 'x\0' }), { kind: 'invalid', message: /a NUL character/ });
    assert.throws(() => new Query({ a: ['x', 'y'] }), { kind: 'invalid', message: /given more than once/ });
  });
});
