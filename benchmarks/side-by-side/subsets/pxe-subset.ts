import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FilterRow } from '../../pxe-filter/filter-table.ts';
import type { Bench } from '../bench.ts';
import { median } from '../percentile.ts';
import type { Subset } from '../subset.ts';

const program = fileURLToPath(new URL('../../pxe-filter.ts', import.meta.url));

/** Machines at most: what our fastest driver is made for. */
const most = 50_000;

/** Ours, beside the way of the original that it takes the place of. */
const pairs = [
  ['nftables', 'iptables through sudo and rootwrap'],
  ['iptables', 'iptables through sudo and rootwrap'],
  ['dnsmasq hostsdir', 'dnsmasq, a file each'],
  ['dnsmasq hostsfile', 'dnsmasq, a file each'],
] as const;

/** PXE filters; more of them, and in more detail, by `npm run bench:pxe-filter`. */
export const pxeSubset: Subset = {
  name: 'pxe',
  description:
    'PXE filters with numbers of machines: a full sync, a change of one machine, the first packet by it',
  measurements: ({ rounds }) => rounds,
  async run(bench) {
    const sizes = bench.settings.sizes.filter((size) => size <= most);
    const isAlone = !bench.settings.contestants.includes('original');
    for (let round = 0; round < bench.settings.rounds; round += 1) {
      const words = [
        '--json',
        '--macs',
        sizes.join(','),
        '--changes',
        '5',
        '--seconds',
        String(Math.max(1, Math.ceil(bench.settings.seconds))),
      ];
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [program, ...words, ...(isAlone ? ['--without-original'] : [])],
        { maxBuffer: 16 * 1024 * 1024 },
      );
      const rows: FilterRow[] = JSON.parse(stdout).rows;
      bench.details.push({ subset: 'pxe', round, rows });
      for (const { who, macs, error } of rows) {
        if (error !== undefined) bench.notes.push(`pxe: ${who}, ${macs}: ${error}`);
      }
      for (const size of sizes)
        addRows(
          bench,
          round,
          rows.filter(({ macs }) => macs === size),
        );
      bench.measured(`pxe: round ${round + 1}`);
    }
  },
};

function addRows({ rows: recorded }: Bench, round: number, rows: readonly FilterRow[]): void {
  for (const [ours, original] of pairs) {
    for (const [contestant, name] of [
      ['ours', `ours: ${ours}`],
      ['original', `original: ${original}`],
    ] as const) {
      const row = rows.find(({ who }) => who === name);
      if (row === undefined) continue;
      const figures = {
        'full sync': row.fullSync,
        'a change': row.change === undefined ? undefined : median(row.change),
        'first packet': row.inEffect === undefined ? undefined : median(row.inEffect),
      };
      for (const [what, value] of Object.entries(figures)) {
        if (value === undefined) continue;
        const head = {
          subset: 'pxe',
          name: `${ours}, ${row.macs.toLocaleString('en')} MACs: ${what}`,
          unit: 'ms',
        };
        recorded.add({ ...head, better: 'lower' }, contestant, round, value);
      }
    }
  }
}
