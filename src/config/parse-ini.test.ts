import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseIni } from './parse-ini.ts';

const parse = (text: string) => parseIni({ path: '/etc/x.conf', text });
const settings = (text: string) =>
  parse(text).assignments.map(({ section, name, value }) => `${section}.${name}=${value}`);

describe('the file format', () => {
  it('splits at whichever separator comes first, and trims', () => {
    assert.deepEqual(settings('[DEFAULT]\na = 1=2\nb:x = y\n c\nd   =\t z  \ne=\n'), [
      'DEFAULT.a=1=2',
      'DEFAULT.b=x = y\nc',
      'DEFAULT.d=z',
      'DEFAULT.e=',
    ]);
  });

  it('keeps keys as they are spelled', () => {
    assert.deepEqual(settings('[a]\nAuth-URL = x'), ['a.Auth-URL=x']);
  });

  it('ignores the case of sections, except that DEFAULT must be spelled so', () => {
    const file = parse('[Processing]\na=1\n[default]\nb=2\n[DEFAULT]\nc=3\n[PROCESSING]\nd=4');

    assert.deepEqual(
      file.assignments.map(({ section, name }) => `${section}.${name}`),
      ['processing.a', 'default.b', 'DEFAULT.c', 'processing.d'],
    );
    assert.deepEqual(
      [...file.sections],
      [
        ['processing', { spelling: 'Processing', line: 1 }],
        ['default', { spelling: 'default', line: 3 }],
        ['DEFAULT', { spelling: 'DEFAULT', line: 5 }],
      ],
    );
  });

  it('knows comments only at the beginning of a line', () => {
    assert.deepEqual(settings('# a = 1\n;b = 2\n[x]\nc = 5 ; note\nd = noop # x'), [
      'x.c=5 ; note',
      'x.d=noop # x',
    ]);
  });

  it('joins continuation lines with newlines and drops the blanks before them', () => {
    assert.deepEqual(settings('[x]\na = 1\n  2 \n\t3\nb =\n  4'), ['x.a=1\n2\n3', 'x.b=\n4']);
  });

  it('removes one pair of matching quotes around the first line of a value', () => {
    assert.deepEqual(settings(`[x]\na = "1"\nb = '"2"'\nc = "3\nd = "4" 5\ne = "6"\n  "7"`), [
      'x.a=1',
      'x.b="2"',
      'x.c="3',
      'x.d="4" 5',
      'x.e=6\n"7"',
    ]);
  });

  it('keeps every repetition of a key, with its line', () => {
    assert.deepEqual(parse('[x]\na = 1\n\na = 2').assignments, [
      { section: 'x', name: 'a', value: '1', line: 2 },
      { section: 'x', name: 'a', value: '2', line: 4 },
    ]);
  });

  it('reads every kind of line end, and a byte order mark (docs/compatibility.md, config-byte-order-mark)', () => {
    assert.deepEqual(settings('\uFEFF[x]\r\na = 1\rb = 2\nc = 3'), ['x.a=1', 'x.b=2', 'x.c=3']);
  });
});

describe('lines that are not understood', () => {
  const problem = (line: number, text: string) =>
    `Failed to parse /etc/x.conf: at /etc/x.conf:${line}, ${text}`;

  for (const [title, text, expected] of [
    [
      'an assignment before any section',
      'a = 1',
      problem(1, "Section must be started before assignment: 'a = 1'"),
    ],
    [
      'a line without separator',
      '[x]\n\nnonsense',
      problem(3, "No ':' or '=' found in assignment: 'nonsense'"),
    ],
    ['an empty key', '[x]\n= 1', problem(2, "Key cannot be empty: '= 1'")],
    ['a section without end', '[x', problem(1, "Invalid section (must end with ]): '[x'")],
    ['a comment after a section', '[x] # y', problem(1, "Invalid section (must end with ]): '[x] # y'")],
    ['a section without name', '[]', problem(1, "Empty section name: '[]'")],
    ['a continuation of nothing', '[x]\n  y', problem(2, "Unexpected continuation line: '  y'")],
    [
      'a continuation after a blank line',
      '[x]\na=1\n\n  y',
      problem(4, "Unexpected continuation line: '  y'"),
    ],
    ['a continuation after a comment', '[x]\na=1\n#\n  y', problem(4, "Unexpected continuation line: '  y'")],
  ] as const) {
    it(`names ${title}`, () => assert.deepEqual(parse(text).problems, [expected]));
  }

  it('are all told at once', () => {
    assert.equal(parse('[x\n[]\n[y]\nnonsense\na = 1').problems.length, 3);
  });

  it('are shown in one line, without control characters and secrets', () => {
    const [first, second] = parse('[x]\nno\u001b[2Jnsense\n  password: hunter2').problems;

    assert.match(first ?? '', /'no\\x1b\[2Jnsense'$/);
    assert.match(second ?? '', /'  password: \*\*\*'$/);
  });
});

describe('any text', () => {
  it('gives assignments of its own lines and problems of one line each', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '[a]\n',
      '=',
      ':',
      ' ',
      '\n',
      '\r',
      '"',
      '#',
      'x',
      '\t',
      '\u0000',
      '$',
      '\u2028',
    );
    const anyText = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );

    fc.assert(
      fc.property(anyText, (content) => {
        const { assignments, problems } = parse(content);
        const lines = content.split(/\r\n|\r|\n/);
        assert.ok(assignments.every(({ line, name }) => lines[line - 1]?.includes(name)));
        assert.ok(problems.every((problem) => !/[[\p{Cc}--\t]\p{Zl}]/v.test(problem)));
      }),
    );
  });
});
