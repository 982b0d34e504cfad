// Shows these lines of docs/compatibility.md: policy-nesting, policy-not-nonsense, policy-value-not-a-check.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Check } from './check.ts';
import { parseCheck } from './parse-check.ts';

const a: Check = { kind: 'role', name: 'a' };
const b: Check = { kind: 'role', name: 'b' };
const c: Check = { kind: 'role', name: 'c' };

describe('parseCheck', () => {
  const table: readonly (readonly [unknown, Check])[] = [
    ['', { kind: 'always' }],
    ['@', { kind: 'always' }],
    ['!', { kind: 'never' }],
    [[], { kind: 'always' }],
    ['role:a', a],
    ['role:a:b', { kind: 'role', name: 'a:b' }],
    ['rule:x', { kind: 'rule', name: 'x' }],
    ['http://host/x', { kind: 'remote', url: 'http://host/x' }],
    ['https://host/x', { kind: 'remote', url: 'https://host/x' }],
    ['project_id:1', { kind: 'attribute', left: 'project_id', right: '1' }],
    ["'x':%(k)s", { kind: 'attribute', left: "'x'", right: '%(k)s' }],
    ['((role:a))', a],
    [' ( role:a ) ', a],
    ['role:a and role:b', { kind: 'and', checks: [a, b] }],
    ['role:a AND role:b And role:c', { kind: 'and', checks: [a, b, c] }],
    ['role:a or role:b and role:c', { kind: 'or', checks: [a, { kind: 'and', checks: [b, c] }] }],
    ['role:a and role:b or role:c', { kind: 'or', checks: [{ kind: 'and', checks: [a, b] }, c] }],
    ['(role:a or role:b) and role:c', { kind: 'and', checks: [{ kind: 'or', checks: [a, b] }, c] }],
    ['not role:a and role:b', { kind: 'and', checks: [{ kind: 'not', check: a }, b] }],
    ['not not role:a', { kind: 'not', check: { kind: 'not', check: a } }],
    ['not (role:a or role:b)', { kind: 'not', check: { kind: 'or', checks: [a, b] } }],
    [['role:a', ['role:b', 'role:c']], { kind: 'or', checks: [a, { kind: 'and', checks: [b, c] }] }],
    [[[], 'role:a'], a],
    [[[], ''], { kind: 'never' }],
    [['nonsense', 'role:a'], { kind: 'or', checks: [{ kind: 'unclear', text: 'nonsense' }, a] }],
    ['nonsense or role:a', { kind: 'or', checks: [{ kind: 'unclear', text: 'nonsense' }, a] }],
    ['not nonsense', { kind: 'unclear', text: 'nonsense' }],
    [
      'role:a or not (role:b and nonsense)',
      { kind: 'or', checks: [a, { kind: 'unclear', text: 'nonsense' }] },
    ],
  ];
  for (const [value, check] of table) {
    it(`reads ${JSON.stringify(value)}`, () => {
      assert.deepEqual(parseCheck(value), check);
    });
  }

  for (const text of [
    '  ',
    'and',
    'role:a and',
    'or role:a',
    'role:a role:b',
    '(role:a',
    'role:a)',
    '()',
    '"role:a"',
    "role:a and 'x'",
    'not',
  ]) {
    it(`allows nothing for ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseCheck(text), { kind: 'unclear', text });
    });
  }

  for (const value of [null, 0, 5, true, {}, undefined, [[5]]]) {
    it(`allows nothing for ${JSON.stringify(value)}, which is no check`, () => {
      assert.equal(parseCheck(value).kind, 'unclear');
    });
  }

  it('reads a thousand parentheses at once', () => {
    assert.deepEqual(parseCheck(`${'('.repeat(1000)}role:a${')'.repeat(1000)}`), a);
  });

  it('allows nothing for more than any stack holds', () => {
    for (const text of ['('.repeat(20_000), `${'not '.repeat(20_000)}role:a`]) {
      assert.equal(parseCheck(text).kind, 'unclear');
    }
  });
});
