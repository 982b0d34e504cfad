import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FileCoverage, lcovFiles, percentage, unloadedFile } from './line-coverage.ts';

const folder = 'coverage';
const leastPercentage = 90;

/** Makes room for the reports of a run, so that none of an earlier one is taken for its own. */
export function clearCoverage(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

/** Options of `node --test` that have a run write line by line what of `src/` it runs: `coverage/<share>.info`. */
export function coverageOptions(share: number): string[] {
  return [
    '--experimental-test-coverage',
    '--test-coverage-include=src/**/*.ts',
    '--test-coverage-exclude=**/*.test.ts',
    '--test-reporter=lcov',
    `--test-reporter-destination=${join(folder, `${share}.info`)}`,
  ];
}

/**
 * Tells how much the last run with coverage has run, and which files have too little of it. A file that no test
 * loads counts as not covered.
 *
 * @returns Whether enough lines are covered.
 * @throws Error when there was no such run.
 */
export function reportCoverage(tell: (line: string) => void): boolean {
  const files = coverageOfSources();
  const few = files.filter((file) => file.lines > 0 && percentage([file]) < leastPercentage);
  for (const file of few.toSorted((one, other) => percentage([one]) - percentage([other]))) {
    const share = percentage([file]).toFixed(1).padStart(5);
    tell(`${share} %  ${file.path}${file.covered === 0 ? '  (never loaded)' : ''}`);
  }
  const total = percentage(files);
  tell(
    `Lines covered: ${total.toFixed(2)} % (at least ${leastPercentage} %). Line by line: ${folder}/*.info`,
  );
  return total >= leastPercentage;
}

function coverageOfSources(): FileCoverage[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.info')) : [];
  if (names.length === 0)
    throw new Error(`No report in ${folder}/: run the tests with npm test -- --with-coverage first`);
  const measured = lcovFiles(names.map((name) => readFileSync(join(folder, name), 'utf8')));
  const loaded = new Set(measured.map((file) => file.path));
  const unloaded = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => join('src', path))
    .filter((path) => !loaded.has(path))
    .map((path) => unloadedFile(path, readFileSync(path, 'utf8')));
  return [...measured, ...unloaded];
}
