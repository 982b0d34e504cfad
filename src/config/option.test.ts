import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bool,
  choice,
  defaultsOf,
  float,
  integer,
  list,
  map,
  multi,
  octal,
  optionGroup,
  port,
  quotedMap,
  text,
} from './option.ts';

const help = '';

describe('booleans', () => {
  const option = bool({ default: false, help });

  for (const [word, value] of [
    ['true', true],
    ['1', true],
    ['On', true],
    ['YES', true],
    ['False', false],
    ['0', false],
    ['off', false],
    ['no', false],
  ] as const) {
    it(`reads ${word}`, () => assert.equal(option.parse(word), value));
  }

  for (const word of ['y', 't', '', '2', ' true']) {
    it(`refuses ${JSON.stringify(word)}`, () => {
      assert.throws(() => option.parse(word), {
        message: 'expected one of true, 1, on, yes, false, 0, off, no',
      });
    });
  }
});

describe('numbers', () => {
  it('reads decimal whole numbers, signed and grouped, within bounds', () => {
    const option = integer({ default: 60, min: -5, max: 1000, help });

    assert.deepEqual(
      ['7', '+7', '-5', ' 7 ', '1_000', '007'].map((value) => option.parse(value)),
      [7, 7, -5, 7, 1000, 7],
    );
    assert.throws(() => option.parse('-6'), { message: 'expected at least -5' });
    assert.throws(() => option.parse('1001'), { message: 'expected at most 1000' });
  });

  it('refuses what is no whole number', () => {
    const option = integer({ default: 60, help });

    for (const value of ['abc', '1.5', '0x10', '5 ; note', '1__0', '9007199254740993', '--1']) {
      assert.throws(() => option.parse(value), { message: 'expected a whole number' });
    }
  });

  it('takes a blank value for the default, unset or not (docs/compatibility.md, blank-number-is-default)', () => {
    assert.equal(integer({ default: null, help }).parse(''), null);
    assert.equal(integer({ default: 60, min: 1, help }).parse(' '), 60);
    assert.equal(port({ default: 5050, help }).parse(''), 5050);
    assert.equal(float({ default: null, help }).parse(''), null);
    assert.equal(octal({ default: null, help }).parse(''), null);
  });

  it('keeps ports within 0 and 65535', () => {
    const option = port({ default: 5050, help });

    assert.deepEqual(
      ['0', '65535'].map((value) => option.parse(value)),
      [0, 65535],
    );
    assert.throws(() => option.parse('65536'), { message: 'expected at most 65535' });
    assert.throws(() => option.parse('-1'), { message: 'expected at least 0' });
  });

  it('reads fractions and exponents', () => {
    const option = float({ default: 1, min: 0, help });

    assert.deepEqual(
      ['4.5', '.5', '5.', '1e3', '+2'].map((value) => option.parse(value)),
      [4.5, 0.5, 5, 1000, 2],
    );
    for (const value of ['nan', 'inf', '1e999', '.', 'x']) {
      assert.throws(() => option.parse(value), { message: 'expected a number' });
    }
    assert.throws(() => option.parse('-1'), { message: 'expected at least 0' });
  });

  it('reads file modes in octal (docs/compatibility.md, number-spellings)', () => {
    const option = octal({ default: null, help });

    assert.deepEqual(
      ['660', '0660', '0o660', '0O7'].map((value) => option.parse(value)),
      [0o660, 0o660, 0o660, 7],
    );
    assert.throws(() => option.parse('680'), { message: 'expected octal digits such as 660 or 0o660' });
    assert.throws(() => option.parse('10000'), { message: 'expected at most 7777' });
  });
});

describe('texts and choices', () => {
  it('takes text as it stands', () => {
    assert.equal(text({ default: null, help }).parse(' noop # x'), ' noop # x');
  });

  it('enforces choices exactly', () => {
    const option = choice(['all', 'pxe'], { default: 'pxe', help });

    assert.equal(option.parse('all'), 'all');
    assert.throws(() => option.parse('ALL'), { message: 'expected one of all, pxe' });
  });
});

describe('lists', () => {
  const option = list({ default: [], help });

  it('trims items, drops trailing commas and keeps empty items in between', () => {
    assert.deepEqual(option.parse(' a, b,,c,, '), ['a', 'b', '', 'c']);
    assert.deepEqual(option.parse(','), []);
    assert.deepEqual(option.parse(''), []);
  });

  it('splits over continuation lines', () => {
    assert.deepEqual(option.parse('a,\nb'), ['a', 'b']);
  });
});

describe('maps', () => {
  const option = map({ default: {}, help });

  it('splits each pair at its first colon', () => {
    assert.deepEqual(option.parse('a:b, c : d:e ,'), { a: 'b', c: 'd:e' });
    assert.deepEqual(option.parse('a:'), { a: '' });
    assert.deepEqual(option.parse(''), {});
  });

  it('gives a part without a colon to the pair before it (docs/compatibility.md, dict-part-without-colon)', () => {
    assert.deepEqual(option.parse('a:b,c,d:e'), { a: 'b,c', d: 'e' });
  });

  it('refuses empty and repeated keys, and text without a pair', () => {
    const expectation = 'expected key:value pairs separated by commas';

    assert.throws(() => option.parse(':b'), { message: expectation });
    assert.throws(() => option.parse('a'), { message: expectation });
    assert.throws(() => option.parse('a:1,a:2'), { message: `${expectation}, each key once` });
  });

  it('takes any key for its own member', () => {
    const value = option.parse('__proto__:x');

    assert.deepEqual(Object.entries(value), [['__proto__', 'x']]);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });
});

describe('maps with quotes', () => {
  const option = quotedMap({ default: {}, help });

  it('keeps commas within quotes', () => {
    assert.deepEqual(option.parse(`a:"x,y,z", b:c, d : 'p,"q'`), { a: 'x,y,z', b: 'c', d: 'p,"q' });
    assert.deepEqual(option.parse('a:""'), { a: '' });
  });

  it('refuses a quote that is not closed', () => {
    const error = { message: 'expected key:value pairs separated by commas, each quote closed' };

    assert.throws(() => option.parse('a:"x,y'), error);
    assert.throws(() => option.parse('a:"'), error);
    assert.throws(() => option.parse('a:"x"y'), error);
  });
});

describe('multi-valued options', () => {
  it('get a line at a time', () => {
    const option = multi({ default: [], help });

    assert.deepEqual(option.parse('{"a": 1, "b": 2}'), ['{"a": 1, "b": 2}']);
    assert.equal(option.multi, true);
  });
});

describe('defaultsOf', () => {
  it('resolves references within the group', () => {
    const group = optionGroup('processing', {
      default_processing_hooks: text({ default: 'a,b', help }),
      processing_hooks: text({ default: '$default_processing_hooks,c', help }),
      elsewhere: text({ default: '[$host]', help }),
      unset: text({ default: null, help }),
      power_off: bool({ default: true, help }),
    });

    const values = defaultsOf(group);

    assert.deepEqual(values, {
      default_processing_hooks: 'a,b',
      processing_hooks: 'a,b,c',
      elsewhere: '[]',
      unset: null,
      power_off: true,
    });
  });
});
