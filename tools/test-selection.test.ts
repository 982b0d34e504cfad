import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { divide, filesOf, shares, testArguments } from './test-selection.ts';

const filesIn = (args: readonly string[]) => args.filter((arg) => !arg.startsWith('-'));

describe('the fast set', () => {
  it('has the tests beside the code and those of the tree, but none that need real parts', () => {
    const files = filesOf('fast');

    assert.ok(files.includes('tools/test-selection.test.ts'));
    assert.ok(files.includes('tests/tree/layers.test.ts'));
    assert.deepEqual(
      files.filter((path) => path.startsWith('tests/real-parts/')),
      [],
    );
  });
});

describe('the set of real parts', () => {
  it('has its own folder, and whatever runs on each database', () => {
    const files = filesOf('real-parts');

    assert.ok(files.includes('tests/real-parts/openstacksdk.test.ts'));
    assert.ok(files.includes('src/nodes/node-store.test.ts'));
    assert.ok(!files.includes('tools/test-selection.test.ts'));
  });
});

describe('testArguments', () => {
  it('takes the whole set where nothing is named', () => {
    assert.deepEqual(filesIn(testArguments('fast', ['--test-only'])), filesOf('fast'));
  });

  it('takes the files, globs and folders that are named in place of the set', () => {
    const args = testArguments('fast', ['src/x.test.ts', 'src/**/y*.test.ts', 'tools/bootstrap']);

    assert.deepEqual(filesIn(args), [
      'src/x.test.ts',
      'src/**/y*.test.ts',
      'tools/bootstrap/alone.test.ts',
      'tools/bootstrap/dependencies.test.ts',
      'tools/bootstrap/npm.test.ts',
      'tools/bootstrap/run.test.ts',
    ]);
  });

  it('refuses a folder without tests', () => {
    assert.throws(() => testArguments('fast', ['.ci']), /No test file \(\*\.test\.ts\) in \.ci/);
  });
});

describe('shares', () => {
  const filesOfShares = (parts: readonly (readonly string[])[] = []) => parts.flatMap(filesIn).toSorted();

  it('have each file of the set once', () => {
    assert.deepEqual(filesOfShares(shares([])), filesOf('fast').toSorted());
  });

  it('of all parts have each file of the set once', () => {
    const parts = [0, 1, 2].flatMap((part) => shares([], { part, of: 3 }) ?? []);

    assert.equal(parts.length, 6);
    assert.deepEqual(filesOfShares(parts), filesOf('fast').toSorted());
  });

  it('are none where files are named', () => {
    assert.equal(shares(['src/x.test.ts']), undefined);
  });
});

describe('divide', () => {
  it('takes the value of an option for no file', () => {
    assert.deepEqual(divide(['--test-name-pattern', 'lock', 'src', '--test-shard=1/2']), {
      options: ['--test-name-pattern', 'lock', '--test-shard=1/2'],
      selected: ['src'],
    });
  });
});
