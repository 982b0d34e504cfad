import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { machineFacts } from '../scale-report.ts';
import type { BenchSettings } from './bench.ts';
import { pairedRatios, type RecordedRow, spreadOf } from './recorded-rows.ts';
import { resultPlot } from './result-plot.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What comes out of a run. */
export interface BenchReport {
  readonly subsets: readonly string[];
  readonly settings: BenchSettings;
  readonly versions: ReturnType<typeof versions>;
  readonly before: ReturnType<typeof machineFacts>;
  readonly after: ReturnType<typeof machineFacts>;
  readonly rows: readonly RecordedRow[];
  readonly notes: readonly string[];
  readonly details: readonly object[];
}

/** What was measured, down to the commit; `commit` ends in `+` where files differ from it, and is
 * `unknown` outside a checkout. */
export function versions(original: string | undefined) {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const commit = git('rev-parse', 'HEAD');
  const changed = git('status', '--porcelain', '--', 'src', 'bin') === '' ? '' : '+';
  return {
    ours: String(version),
    commit: commit === '' ? 'unknown' : `${commit}${changed}`,
    node: process.version,
    sqlite: process.versions.sqlite ?? 'unknown',
    original: original ?? 'not measured',
    python: spawnSync('/usr/bin/python3', ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? 'none',
  };
}

/** Writes `<name>.json` and `<name>.svg`; gives their paths. The JSON has all that the table has, and every sample. */
export function writeReport(
  folder: string,
  report: BenchReport,
): { readonly json: string; readonly svg: string } {
  mkdirSync(folder, { recursive: true });
  const name = `bench-${report.before.date.replaceAll(/[:.]/g, '-')}`;
  const [json, svg] = [join(folder, `${name}.json`), join(folder, `${name}.svg`)];
  const rows = report.rows.map((row) => ({
    ...row,
    spread: {
      ours: spreadOf(row.samples.ours),
      original: spreadOf(row.samples.original),
      floor: spreadOf(row.samples.floor),
    },
    timesBetterThanOriginal: pairedRatios(row, 'ours', 'original'),
    timesOfFloor: pairedRatios(row, 'floor', 'ours'),
  }));
  writeFileSync(json, `${JSON.stringify({ ...report, rows }, undefined, 1)}\n`);
  writeFileSync(svg, resultPlot(report.rows, titleOf(report)));
  return { json, svg };
}

/** `Times better than ironic-inspector 11.1.0-2, 2 processors (AMD EPYC), 2026-11-23` */
function titleOf({ versions: { original }, before }: BenchReport): string {
  const { processor, processors, date } = before;
  return `Times better than ironic-inspector ${original}, ${processors} processors (${processor}), ${date.slice(0, 10)}`;
}
