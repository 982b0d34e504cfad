import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lcovFiles, percentage, unloadedFile } from './line-coverage.ts';

describe('lcovFiles', () => {
  const one =
    'TN:\nSF:src/a.ts\nDA:1,1\nDA:2,0\nDA:3,0\nLH:1\nLF:3\nend_of_record\nTN:\nSF:src/b.ts\nDA:1,0\nend_of_record\n';
  const other = 'TN:\nSF:src/a.ts\nDA:1,0\nDA:2,70\nDA:3,0\nend_of_record\n';

  it('reads path and lines of each file', () => {
    assert.deepEqual(lcovFiles([one]), [
      { path: 'src/a.ts', lines: 3, covered: 1 },
      { path: 'src/b.ts', lines: 1, covered: 0 },
    ]);
  });

  it('takes a line for covered that one of the reports has', () => {
    assert.deepEqual(lcovFiles([one, other])[0], { path: 'src/a.ts', lines: 3, covered: 2 });
  });
});

describe('unloadedFile', () => {
  it('counts the lines that could run', () => {
    const text =
      "import { a } from './a.ts';\n\n/**\n * Adds.\n */\nexport function f(x: number) {\n  // one\n  return x + a;\n}\n";

    assert.deepEqual(unloadedFile('src/f.ts', text), { path: 'src/f.ts', lines: 3, covered: 0 });
  });

  it('counts none of a file of types', () => {
    const text =
      "import type { A } from './a.ts';\n\n/** Two. */\nexport interface B {\n  readonly a: A;\n}\nexport type C = B | A;\n";

    assert.equal(unloadedFile('src/b.ts', text).lines, 0);
  });
});

describe('percentage', () => {
  it('weighs files by their lines', () => {
    assert.equal(
      percentage([
        { path: 'a', lines: 30, covered: 30 },
        { path: 'b', lines: 10, covered: 0 },
      ]),
      75,
    );
  });

  it('is full where there is nothing to cover', () => {
    assert.equal(percentage([]), 100);
  });
});
