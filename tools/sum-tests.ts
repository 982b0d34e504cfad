/** `node tools/sum-tests.ts LOG...`: one line that counts the tests of all these logs. The end of `.ci/run`. */
import { readFileSync } from 'node:fs';
import { countsOf } from './test-counts.ts';

const counts = countsOf(
  process.argv
    .slice(2)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n'),
);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
