/**
 * `npm run check`: everything that a change must pass, step by step, up to the first failure. With `--static`
 * everything but the tests.
 */
import { seconds } from './duration.ts';
import { runProgram } from './run-program.ts';

const steps = [
  { name: 'Format (biome)', script: 'format:check', remedy: 'npm run format' },
  {
    name: 'Lint (oxlint, type-aware)',
    script: 'lint',
    remedy: 'npm run lint -- --fix, for what it can mend',
  },
  { name: 'Types (tsc)', script: 'types' },
  { name: 'Dead code and dependencies (knip)', script: 'unused' },
  { name: 'Tests with coverage', script: 'coverage' },
] as const;

const summary: string[] = [];
for (const step of steps.slice(0, process.argv.includes('--static') ? -1 : undefined)) {
  console.log(`\n== ${step.name} ==\n`);
  const started = performance.now();
  const code = await runProgram('npm', ['run', '--silent', step.script]);
  const duration = seconds(performance.now() - started);
  summary.push(`${code === 0 ? 'ok    ' : 'FAILED'}  ${duration.padStart(8)}  ${step.name}`);
  if (code !== 0) {
    process.exitCode = 1;
    if ('remedy' in step) summary.push(`        try: ${step.remedy}`);
    break;
  }
}
console.log(`\n== Summary ==\n\n${summary.join('\n')}`);
