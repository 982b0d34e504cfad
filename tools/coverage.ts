/**
 * `npm run coverage`: the fast tests, and how much of `src/` they run. Fails when a test does or when too few
 * lines are covered; a file that no test loads counts as not covered. Line by line: coverage/lcov.info.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { passSignals } from './bootstrap/run.mjs';
import { lcovFiles, percentage, unloadedFile } from './line-coverage.ts';
import { testArguments } from './test-selection.ts';

const leastPercentage = 90;
const report = 'coverage/lcov.info';

mkdirSync('coverage', { recursive: true });
process.exitCode = await runTests();
const files = coverageOfSources();
const few = files.filter((file) => file.lines > 0 && percentage([file]) < leastPercentage);
for (const file of few.toSorted((one, other) => percentage([one]) - percentage([other]))) {
  console.log(
    `${percentage([file]).toFixed(1).padStart(5)} %  ${file.path}${file.covered === 0 ? '  (never loaded)' : ''}`,
  );
}
const total = percentage(files);
console.log(`Lines covered: ${total.toFixed(2)} % (at least ${leastPercentage} %). Line by line: ${report}`);
if (total < leastPercentage) process.exitCode = 1;

function runTests(): Promise<number> {
  const args = testArguments('fast', [
    '--experimental-test-coverage',
    '--test-coverage-include=src/**/*.ts',
    '--test-coverage-exclude=**/*.test.ts',
    '--test-reporter=lcov',
    `--test-reporter-destination=${report}`,
    ...process.argv.slice(2),
  ]);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  passSignals(child);
  // The runner's own table has a line for every file and knows nothing of those that were not loaded.
  let isTable = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    isTable ||= line.includes('ℹ start of coverage report');
    if (!isTable) console.log(line);
    if (line.includes('ℹ end of coverage report')) isTable = false;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

function coverageOfSources() {
  const measured = lcovFiles(readFileSync(report, 'utf8'));
  const loaded = new Set(measured.map((file) => file.path));
  const unloaded = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => join('src', path))
    .filter((path) => !loaded.has(path))
    .map((path) => unloadedFile(path, readFileSync(path, 'utf8')));
  return [...measured, ...unloaded];
}
