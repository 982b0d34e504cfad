import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { allSubsets } from '../../benchmarks/side-by-side/all-subsets.ts';
import type { BenchReport } from '../../benchmarks/side-by-side/bench-report.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { originalPackage } from '../../testing/original-service.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const program = fileURLToPath(new URL('../../benchmarks/bench.ts', import.meta.url));

/** Who takes part in rows: of `continue` and `cpu` the floor, too. */
const both = ['original', 'ours'];
const all = ['floor', ...both];

/** Of PXE filters the first packet is ours alone, since the original's way has no service that answers. */
function whoIsIn(subset: string, name: string): readonly string[] {
  if (['continue', 'cpu'].includes(subset)) return all;
  return subset === 'pxe' && name.endsWith('first packet') ? ['ours'] : both;
}

describe('the benchmark with tiny counts', { skip: skipWithout([originalPackage]) }, () => {
  const folder = temporaryFolder().path;
  let table: string[];
  let report: BenchReport;
  let svg: string;

  before(async () => {
    // It ends with 1 when any introspection did not end well, on either side.
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--smoke', '--output', folder]);
    table = stdout.split('\n').filter((line) => /^\| [a-z]+: /.test(line));
    const file = (ending: string) => {
      const [name = '', ...others] = readdirSync(folder).filter((entry) => entry.endsWith(ending));
      assert.deepEqual(others, []);
      return readFileSync(join(folder, name), 'utf8');
    };
    report = JSON.parse(file('.json'));
    svg = file('.svg');
  });

  it('has every subset, with a number in every cell of everybody who takes part', () => {
    assert.deepEqual(report.notes, []);
    assert.deepEqual(
      [...new Set(report.rows.map(({ subset }) => subset))],
      allSubsets.map(({ name }) => name),
    );
    for (const { subset, name, samples } of report.rows) {
      assert.deepEqual(Object.keys(samples).sort(), whoIsIn(subset, name), name);
      for (const [contestant, numbers] of Object.entries(samples)) {
        assert.ok(
          numbers.length === 1 && Number.isFinite(numbers[0]),
          `${name}: ${contestant}: ${numbers.join(', ')}`,
        );
      }
    }
  });

  it('has the same rows in the table and in the JSON', () => {
    assert.deepEqual(
      table.map((line) => line.split(' | ')[0]),
      report.rows.map(({ subset, name }) => `| ${subset}: ${name}`),
    );
  });

  it('has a bar for each row with a better and a worse', () => {
    const compared = report.rows.filter(
      ({ better, samples }) => better !== 'neither' && samples.original !== undefined,
    );

    assert.equal(svg.match(/ against /g)?.length, compared.length);
  });

  it('tells of which machine and versions the numbers are', () => {
    assert.match(report.versions.original, /^\d+\.\d+/);
    assert.match(report.versions.commit, /^([0-9a-f]{40}\+?|unknown)$/);
    assert.equal(report.before.node, process.version);
    assert.equal(report.after.loadAverage.length, 3);
  });

  it('has every contestant ask Ironic for what it cannot do without', () => {
    const measured = report.details.flatMap((detail: any) => (detail.subset === 'cpu' ? [detail] : []));

    assert.equal(measured.length, all.length);
    for (const { measured: figures } of measured) {
      assert.equal(figures.requests['GET /v1/nodes/*'], 1);
      assert.ok(figures.requests['PATCH /v1/nodes/*'] >= 1);
    }
  });
});
