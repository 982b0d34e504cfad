/**
 * `npm test`, and every other command that runs tests: `node tools/run-tests.ts <set> [options] [files]`.
 *
 * Files, folders and globs take the place of the whole set; options go to `node --test`. So
 * `npm test -- src/nodes --test-name-pattern=lock` runs the tests of one folder whose names contain "lock". With
 * `--with-coverage` fast tests note which lines they run, for `npm run coverage -- --report`.
 */

import { clearCoverage, coverageOptions } from './coverage-report.ts';
import { runProgram } from './run-program.ts';
import { runShares } from './run-shares.ts';
import { countsOf } from './test-counts.ts';
import { isTestSet, shares, testArguments, testSets } from './test-selection.ts';

const [set = 'fast', ...given] = process.argv.slice(2);
const args = given.filter((arg) => arg !== '--with-coverage');
const isMeasured = args.length < given.length;
try {
  if (!isTestSet(set))
    throw new Error(`Expected a test set (${Object.keys(testSets).join(', ')}), got '${set}'`);
  const parts = set === 'fast' ? shares(args) : undefined;
  if (isMeasured) process.exitCode = await runMeasured(parts ?? [testArguments(set, args)]);
  else if (parts !== undefined) process.exitCode = await runAll(parts);
  else process.exitCode = await runProgram(process.execPath, testArguments(set, args));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function runMeasured(parts: readonly (readonly string[])[]): Promise<number> {
  clearCoverage();
  return runAll(parts.map((part, share) => [...coverageOptions(share), ...part]));
}

/** All shares, with one sum in the end. */
async function runAll(parts: readonly (readonly string[])[]): Promise<number> {
  const started = performance.now();
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const { code, output } = await runShares(process.execPath, parts, {
    env: { ...process.env, ...color },
    echo: true,
  });
  const { passed, failed, skipped } = countsOf(output);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  console.log(`in ${seconds} s`);
  return code;
}
