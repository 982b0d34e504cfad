/**
 * `npm test`, and every other command that runs tests: `node tools/run-tests.ts <set> [options] [files]`.
 *
 * Files, folders and globs take the place of the whole set; options go to `node --test`. So
 * `npm test -- src/nodes --test-name-pattern=lock` runs the tests of one folder whose names contain "lock".
 */
import { runProgram } from './run-program.ts';
import { isTestSet, testArguments, testSets } from './test-selection.ts';

const [set = 'fast', ...args] = process.argv.slice(2);
try {
  if (!isTestSet(set))
    throw new Error(`Expected a test set (${Object.keys(testSets).join(', ')}), got '${set}'`);
  process.exitCode = await runProgram(process.execPath, testArguments(set, args));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
