// Shows these lines of docs/compatibility.md: rule-field-path.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePath } from './parse-path.ts';
import type { PathExpression } from './path-expression.ts';

/** The expression with every pair in parentheses: `((a . b) .. c)`. */
function shown(expression: PathExpression): string {
  switch (expression.kind) {
    case 'fields':
      return expression.names.join(',');
    case 'index':
      return `[${expression.index}]`;
    case 'slice':
      return `[${expression.start}:${expression.end}]`;
    case 'root':
    case 'this':
    case 'parent':
      return expression.kind;
    default: {
      const operators = { child: '.', descendants: '..', union: '|', where: 'where' };
      return `(${shown(expression.left)} ${operators[expression.kind]} ${shown(expression.right)})`;
    }
  }
}

describe('parsePath', () => {
  // As jsonpath-rw groups them.
  const trees: readonly (readonly [string, string])[] = [
    ['a', 'a'],
    ['a.b.c', '((a . b) . c)'],
    ['$.a', '(root . a)'],
    ['a-b', 'a-b'],
    ['@a', '@a'],
    ['a,b.c', '(a,b . c)'],
    ['x.b,c', '(x . b,c)'],
    ['[0]', '[0]'],
    ['[a]', 'a'],
    ['a[-1:]', '(a . [-1:null])'],
    ['a[:2]', '(a . [null:2])'],
    ['a[1:2]', '(a . [1:2])'],
    ['a[:]', '(a . [null:null])'],
    ['a.[*]', '(a . [null:null])'],
    ['*[0]', '(* . [0])'],
    ['a[a,b]', '(a . a,b)'],
    ['a["k 2"]', '(a . k 2)'],
    ['a[k-1]', '(a . k-1)'],
    ['a[00]', '(a . [0])'],
    ['a.b[0].c', '(((a . b) . [0]) . c)'],
    ['a|b[0]', '((a | b) . [0])'],
    ['a where b.c', '((a where b) . c)'],
    ['a where b where c', '((a where b) where c)'],
    ['a.b|c.d', '((a . (b | c)) . d)'],
    ['a.(b|c)', '(a . (b | c))'],
    ['a..b.c', '(a .. (b . c))'],
    ['a.b..c', '((a . b) .. c)'],
    ['a.b..c.d', '((a . b) .. (c . d))'],
    ['a..[0]', '(a .. [0])'],
    ['a.`parent`', '(a . parent)'],
    ['`this`', 'this'],
    ['a\n.b', '(a . b)'],
    [' a \t. b ', '(a . b)'],
    ['"a\\"b"', 'a"b'],
    ["'a\\'b'", "a'b"],
    ["''", ''],
    ["a.'1x'", '(a . 1x)'],
    ['a[9999999999999999999999]', '(a . [1e+22])'],
  ];
  for (const [path, tree] of trees) {
    it(`reads ${JSON.stringify(path)}`, () => {
      assert.equal(shown(parsePath(path)), tree);
    });
  }

  // As jsonpath-rw words them.
  const refusals: readonly (readonly [string, string])[] = [
    ['.a', 'Parse error at 1:0 near token . (.)'],
    ['a[]', 'Parse error at 1:2 near token ] (])'],
    ['a[1]x', 'Parse error at 1:4 near token x (ID)'],
    ['a b !', 'Parse error at 1:2 near token b (ID)'],
    ['a.5', 'Parse error at 1:2 near token 5 (NUMBER)'],
    ['a.05', 'Parse error at 1:2 near token 5 (NUMBER)'],
    ['..a', 'Parse error at 1:0 near token .. (DOUBLEDOT)'],
    ['(a)b', 'Parse error at 1:3 near token b (ID)'],
    ['a)', 'Parse error at 1:1 near token ) ())'],
    ['a[1:2:3]', 'Parse error at 1:5 near token : (:)'],
    ['a,*', 'Parse error at 1:2 near token * (*)'],
    ['a[*,1]', 'Parse error at 1:3 near token , (,)'],
    ['a[0,1]', 'Parse error at 1:3 near token , (,)'],
    ['a[1 2]', 'Parse error at 1:4 near token 2 (NUMBER)'],
    ['a[1:b]', 'Parse error at 1:4 near token b (ID)'],
    ['where', 'Parse error at 1:0 near token where (WHERE)'],
    ['a\n.5', 'Parse error at 2:2 near token 5 (NUMBER)'],
    ["'a\nb' 5", 'Parse error at 1:6 near token 5 (NUMBER)'],
    ['-1', 'Parse error at 1:0 near token -1 (NUMBER)'],
    ['`foo`', 'Unknown named operator `foo` at 1:4'],
    ['`foo` !', 'Unknown named operator `foo` at 1:4'],
    ['`this', 'Unexpected EOF in string literal or identifier'],
    ["'abc", 'Unexpected EOF in string literal or identifier'],
    ["'abc\\", 'Error on line 1, col 4 while lexing singlequoted field: Unexpected character: \\ '],
    ['"abc\\\n"', 'Error on line 1, col 4 while lexing doublequoted field: Unexpected character: \\ '],
    ['é', 'Error on line 1, col 0: Unexpected character: é '],
    ['a\n!', 'Error on line 2, col 1: Unexpected character: ! '],
    ['a[?(b==1)]', 'Error on line 1, col 2: Unexpected character: ? '],
    ['a\r', 'Error on line 1, col 1: Unexpected character: \r '],
  ];
  for (const [path, message] of refusals) {
    it(`refuses ${JSON.stringify(path)}`, () => {
      assert.throws(() => parsePath(path), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  for (const path of ['', 'a.', 'a[', 'a[1', 'a..', '(a', 'a where', 'a[b', 'a,']) {
    it(`says that ${JSON.stringify(path)} ends too early`, () => {
      assert.throws(() => parsePath(path), { message: 'Parse error: the path ends where more is expected' });
    });
  }

  it('refuses &, which the original accepts and fails at', () => {
    assert.throws(() => parsePath('a & b'), { message: 'the operator & is not supported' });
  });

  it('refuses a path that is too long, and takes deep ones', () => {
    assert.throws(() => parsePath('a'.repeat(1025)), {
      message: 'expected at most 1024 characters, got 1025',
    });
    assert.throws(() => parsePath('('.repeat(1024)), /ends where more is expected/);
    assert.equal(parsePath('a'.repeat(1024)).kind, 'fields');
  });
});
