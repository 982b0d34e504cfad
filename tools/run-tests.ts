/**
 * `npm test`, and every other command that runs tests: `node tools/run-tests.ts <set> [options] [files]`.
 *
 * Files, folders and globs take the place of the whole set; options go to `node --test`. So
 * `npm test -- src/nodes --test-name-pattern=lock` runs the tests of one folder whose names contain "lock".
 */
import { runHalves } from './run-halves.ts';
import { runProgram } from './run-program.ts';
import { countsOf } from './test-counts.ts';
import { halves, isTestSet, testArguments, testSets } from './test-selection.ts';

const [set = 'fast', ...args] = process.argv.slice(2);
try {
  if (!isTestSet(set))
    throw new Error(`Expected a test set (${Object.keys(testSets).join(', ')}), got '${set}'`);
  const both = set === 'fast' ? halves(args) : undefined;
  process.exitCode =
    both === undefined ? await runProgram(process.execPath, testArguments(set, args)) : await runBoth(both);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Both halves, with one sum in the end. */
async function runBoth(both: readonly [string[], string[]]): Promise<number> {
  const started = performance.now();
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const { code, output } = await runHalves(process.execPath, both, {
    env: { ...process.env, ...color },
    echo: true,
  });
  const { passed, failed, skipped } = countsOf(output);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  console.log(`in ${seconds} s`);
  return code;
}
