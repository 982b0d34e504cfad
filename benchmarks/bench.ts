/**
 * Measures this service side by side with the original, `npm run bench -- --help` says what and how.
 *
 * Both run against the same stand-in of Ironic, with the same documents, in turn, each in a process of its own. The
 * exit code is 1 when anything could not be measured in a smoke run, or the arguments are wrong.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { machineFacts } from './scale-report.ts';
import { openBench } from './side-by-side/bench.ts';
import { type BenchOptions, benchHelp, benchOptions } from './side-by-side/bench-options.ts';
import { versions, writeReport } from './side-by-side/bench-report.ts';
import { installedOriginal, installOriginal } from './side-by-side/original-package.ts';
import { RemainingTime } from './side-by-side/remaining-time.ts';
import { resultTable } from './side-by-side/result-table.ts';

// Only a process that exits by itself takes along those that it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = benchOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(benchHelp());
  else await run(options);
} catch (error) {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run({ settings, subsets, output, mustSucceed }: BenchOptions): Promise<void> {
  const measuresOriginal = settings.contestants.includes('original');
  const original = measuresOriginal ? (installedOriginal() ?? installOriginal()) : undefined;
  const measured = versions(original);
  const folder = temporaryFolder().path;
  const before = machineFacts();
  progress(JSON.stringify({ ...before, ...measured }));
  const time = new RemainingTime(subsets.reduce((sum, subset) => sum + subset.measurements(settings), 0));
  progress(time.announced(settings.seconds, settings.limit));
  const measuredOne = (line: string) => progress(`${line} (${time.measured()})`);
  const bench = await openBench(settings, { folder, progress, measured: measuredOne });
  try {
    for (const subset of subsets) await subset.run(bench);
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const { notes, details } = bench;
  const rows = bench.rows.all();
  const names = subsets.map(({ name }) => name);
  const report = {
    subsets: names,
    settings,
    versions: measured,
    before,
    after: machineFacts(),
    rows,
    notes,
    details,
  };
  const results = output ?? fileURLToPath(new URL('results/', import.meta.url));
  const { json, svg } = writeReport(results, report);
  process.stdout.write(`${resultTable(rows)}\n`);
  for (const note of notes) process.stdout.write(`\n- ${note}\n`);
  const loads = [before, report.after].map(({ loadAverage }) => loadAverage[0]).join(' before, ');
  process.stdout.write(
    `\nLoad average ${loads} after. Cells: minimum / median / maximum.\n${json}\n${svg}\n`,
  );
  if (mustSucceed && notes.length > 0) process.exitCode = 1;
}

/** Beside the table, which goes to standard output alone. */
function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
