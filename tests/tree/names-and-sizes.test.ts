import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameViolations } from './names.ts';
import { madeUpTree, readTree } from './read-tree.ts';
import { sizeViolations } from './sizes.ts';

const linesOf = (count: number) => 'x;\n'.repeat(count);

describe('files and folders', () => {
  for (const folder of ['lab', 'src', 'testing', 'tests', 'tools']) {
    it(`of ${folder}/ have names that say something`, () => {
      assert.deepEqual(nameViolations(readTree(folder)), []);
    });
  }

  it('of src/ are short', () => {
    assert.deepEqual(sizeViolations(readTree('src')), []);
  });

  it('of lab/, tools/, tests/ and testing/ are short', () => {
    assert.deepEqual(
      sizeViolations(
        [...readTree('lab'), ...readTree('tools'), ...readTree('tests'), ...readTree('testing')],
        {},
      ),
      [],
    );
  });
});

describe('the rule of names', () => {
  it('refuses names that say nothing, of files and of folders', () => {
    const files = madeUpTree({ 'nodes/utils.ts': '', 'common/locks.ts': '', 'nodes/index.test.ts': '' });

    assert.deepEqual(nameViolations(files), [
      "nodes/utils.ts: 'utils' does not say what is in it",
      "common: 'common' does not say what is in it",
      "nodes/index.test.ts: 'index' does not say what is in it",
    ]);
  });

  it('refuses such a word within a name', () => {
    assert.deepEqual(nameViolations(madeUpTree({ 'string-utils.ts': '' })), [
      "string-utils.ts: 'string-utils' does not say what is in it",
    ]);
  });

  it('refuses what is not kebab-case', () => {
    assert.deepEqual(nameViolations(madeUpTree({ 'nodes/nodeStore.ts': '' })), [
      "nodes/nodeStore.ts: expected kebab-case, got 'nodeStore'",
    ]);
  });
});

describe('the rule of sizes', () => {
  it('accepts files up to the limits', () => {
    const files = madeUpTree({ 'a.ts': linesOf(80), 'b.ts': linesOf(10), 'a.test.ts': linesOf(700) });

    assert.deepEqual(sizeViolations(files, {}), []);
  });

  it('refuses a file, and a test, that is too long', () => {
    const short = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`short-${index}.ts`, linesOf(10)]),
    );
    const files = madeUpTree({ ...short, 'a.ts': linesOf(351), 'a.test.ts': linesOf(701) });

    assert.deepEqual(sizeViolations(files, {}), [
      'a.test.ts: 701 lines, at most 700 are allowed',
      'a.ts: 351 lines, at most 350 are allowed',
    ]);
  });

  it('refuses too many middling files', () => {
    const files = madeUpTree({ 'a.ts': linesOf(10), 'b.ts': linesOf(81), 'c.ts': linesOf(201) });

    assert.deepEqual(sizeViolations(files, {}), [
      'median of file lengths: 81 lines, at most 80 are allowed',
      '95th percentile of file lengths: 201 lines, at most 200 are allowed',
    ]);
  });

  it('lets a constant table be long as long as it exists', () => {
    const files = madeUpTree({ 'a.ts': linesOf(10), 'table.ts': linesOf(900) });

    assert.deepEqual(
      sizeViolations(files, { 'table.ts': 'numbers of the standard', 'gone.ts': 'more numbers' }),
      ['gone.ts: listed as a constant table, but there is no such file'],
    );
  });
});
