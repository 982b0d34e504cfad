import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lcovFiles, percentage, unloadedFile } from './line-coverage.ts';

describe('lcovFiles', () => {
  it('reads path and lines of each file', () => {
    const report =
      'TN:\nSF:src/a.ts\nDA:1,1\nLH:3\nLF:4\nend_of_record\nTN:\nSF:src/b.ts\nLH:0\nLF:6\nend_of_record\n';

    assert.deepEqual(lcovFiles(report), [
      { path: 'src/a.ts', lines: 4, covered: 3 },
      { path: 'src/b.ts', lines: 6, covered: 0 },
    ]);
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
