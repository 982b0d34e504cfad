/**
 * `npm run test:nodes`: the fast tests on each Node line that `engines` allows. With `--others` they are divided among
 * those that `npm test` does not run them on: what a line lacks shows in many files, and each file is run on one more.
 * Further arguments select tests as in `npm test`.
 */
import { dirname } from 'node:path';
import { installRuntime } from './bootstrap/runtime.mjs';
import { seconds } from './duration.ts';
import { testedNodeVersions } from './node-versions.ts';
import { outputOfProgram } from './run-program.ts';
import { runShares } from './run-shares.ts';
import { closingLines, countsOf } from './test-counts.ts';
import { shares, testArguments } from './test-selection.ts';

const args = process.argv.slice(2).filter((arg) => arg !== '--others');
const isOther = (version: string) => `v${version}` !== process.version;
const isDivided = process.argv.includes('--others');
const versions = testedNodeVersions.filter(isDivided ? isOther : () => true);
const rows = [['Node', 'passed', 'failed', 'skipped', 'duration']];
for (const [place, version] of versions.entries()) {
  const node = await installRuntime(version);
  const started = performance.now();
  const { code, output } = await testsOn(node, isDivided ? { part: place, of: versions.length } : undefined);
  const { passed, failed, skipped } = countsOf(output);
  console.log(`\n== Node ${version} ==\n\n${code === 0 ? closingLines(output) : output}`);
  if (code !== 0) process.exitCode = 1;
  const counts = [passed, failed, skipped].map(String);
  rows.push([version, ...counts, seconds(performance.now() - started), ...(code === 0 ? [] : ['FAILED'])]);
}
console.log(`\n${rows.map((row) => row.map((cell) => cell.padStart(9)).join(' ')).join('\n')}`);

function testsOn(node: string, part?: { readonly part: number; readonly of: number }) {
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env['PATH']}` };
  const parts = shares(args, part);
  return parts === undefined
    ? outputOfProgram(node, testArguments('fast', args), { env })
    : runShares(node, parts, { env });
}
