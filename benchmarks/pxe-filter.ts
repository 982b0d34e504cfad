/**
 * Measures PXE filters with numbers of machines, ours beside the original's way of doing it:
 *
 *     node benchmarks/pxe-filter.ts [--macs 100,1000,10000,50000] [--changes 10] [--seconds 10] [--filter NAME]...
 *       [--without-original] [--output FOLDER] [--json]
 *
 * It makes a network namespace for itself, with a DHCP server and a client, and changes no firewall but the one in
 * there. What the original takes for all machines is computed where it has not come to the end after `--seconds`, and
 * has a star then. With `--json`, standard output is one line of JSON and no table, and nothing is written to a file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inOwnNetwork, insideOwnNetwork } from '../testing/own-network.ts';
import { type FilterRow, filterTable } from './pxe-filter/filter-table.ts';
import { type MeasuredFilter, measuredFilters } from './pxe-filter/filters.ts';
import { measureFilter } from './pxe-filter/measure-filter.ts';
import {
  type IptablesWay,
  iptablesWays,
  measureHosts,
  measureIptables,
} from './pxe-filter/measure-original.ts';
import { machineFacts } from './scale-report.ts';

/** What dnsmasq takes for a file of each goes with the square of their number: docs/pxe-filters.md. */
const mostFiles = 10_000;

const { values } = parseArgs({
  options: {
    macs: { type: 'string', default: '100,1000,10000,50000' },
    changes: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '10' },
    filter: { type: 'string', multiple: true, default: [...measuredFilters] },
    'without-original': { type: 'boolean', default: false },
    output: { type: 'string' },
    json: { type: 'boolean', default: false },
    [insideOwnNetwork]: { type: 'boolean', default: false },
  },
});

// Only a process that exits by itself takes along those that it started.
if (values[insideOwnNetwork]) process.once('SIGTERM', () => process.exit(1));

if (values[insideOwnNetwork]) await measureAll();
else process.exitCode = inOwnNetwork(fileURLToPath(import.meta.url), process.argv.slice(2));

async function measureAll(): Promise<void> {
  const sizes = values.macs.split(',').map(wholeNumber);
  const changes = wholeNumber(values.changes);
  const filters = values.filter.map(filterNamed);
  const before = machineFacts();
  const rows: FilterRow[] = [];
  const add = (row: FilterRow) => {
    rows.push(row);
    process.stderr.write(`${row.who}, ${row.macs}: ${row.error ?? `${row.fullSync?.toFixed(1)} ms`}\n`);
  };
  for (const macs of sizes) {
    for (const filter of filters) {
      if (filter === 'dnsmasq hostsdir' && macs > mostFiles) continue;
      add(await outcome(`ours: ${filter}`, macs, () => measureFilter(filter, macs, changes)));
    }
    if (values['without-original']) continue;
    for (const way of Object.keys(iptablesWays) as IptablesWay[]) {
      const measure = () => measureIptables(way, macs, wholeNumber(values.seconds));
      add(await outcome(`original: ${way}`, macs, measure));
    }
    add(await outcome('original: dnsmasq, a file each', macs, () => measureHosts(macs, changes)));
  }
  const report = { before, after: machineFacts(), changes, rows };
  if (values.json) return void process.stdout.write(`${JSON.stringify(report)}\n`);
  process.stdout.write(
    `${filterTable(rows)}\nLoad average ${before.loadAverage[0]} before, ${report.after.loadAverage[0]} after.\n${save(report)}\n`,
  );
}

/** What cannot be measured here is a row as well, which says why. */
async function outcome(
  who: string,
  macs: number,
  measure: () => Omit<FilterRow, 'who' | 'macs'> | Promise<Omit<FilterRow, 'who' | 'macs'>>,
): Promise<FilterRow> {
  try {
    return { who, macs, ...(await measure()) };
  } catch (error) {
    return { who, macs, error: error instanceof Error ? error.message : String(error) };
  }
}

function save(report: object): string {
  const folder = values.output ?? fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const path = `${folder.replace(/\/$/, '')}/pxe-filter-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`;
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`Expected a number of 1 or more, got '${text}'`);
}

function filterNamed(name: string): MeasuredFilter {
  const found = measuredFilters.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Error(`--filter: expected one of ${measuredFilters.join(', ')}, got '${name}'`);
}
