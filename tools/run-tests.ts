/**
 * `npm test`, and every other command that runs tests: `node tools/run-tests.ts <set> [options] [files]`.
 *
 * Files, folders and globs take the place of the whole set; options go to `node --test`. So
 * `npm test -- src/nodes --test-name-pattern=lock` runs the tests of one folder whose names contain "lock".
 */
import { outputOfProgram, runProgram } from './run-program.ts';
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

/** Shows the first run as it goes, then the second, then what both come to. */
async function runBoth([first, second]: readonly [string[], string[]]): Promise<number> {
  const started = performance.now();
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const env = { ...process.env, ...color };
  const others = outputOfProgram(process.execPath, second, { env });
  const shown = await outputOfProgram(process.execPath, first, { env, echo: true });
  const { code, output } = await others;
  process.stdout.write(output);
  const { passed, failed, skipped } = countsOf(`${shown.output}\n${output}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  console.log(`in ${seconds} s`);
  return shown.code === 0 ? code : shown.code;
}
