/**
 * `npm run coverage`: the fast tests, and how much of `src/` they run. Fails when a test does or when too few lines
 * are covered. With `--report` it runs no test, and reports of the last `npm test -- --with-coverage`.
 */
import { reportCoverage } from './coverage-report.ts';
import { runProgram } from './run-program.ts';

const args = process.argv.slice(2);
try {
  if (!args.includes('--report'))
    process.exitCode = await runProgram(process.execPath, [
      'tools/run-tests.ts',
      'fast',
      '--with-coverage',
      ...args,
    ]);
  if (!reportCoverage(console.log)) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
