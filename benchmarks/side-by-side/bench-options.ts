import { parseArgs } from 'node:util';
import { allSubsets } from './all-subsets.ts';
import type { BenchSettings } from './bench.ts';
import { type PayloadName, payloadSizes } from './payload.ts';
import type { Subset } from './subset.ts';

/** What the command line asks for. */
export interface BenchOptions {
  readonly help: boolean;
  readonly subsets: readonly Subset[];
  readonly settings: BenchSettings;
  /** Where results go; `undefined` for `benchmarks/results/`. */
  readonly output: string | undefined;
  /** Whether it is an error when anything could not be measured. */
  readonly mustSucceed: boolean;
}

const options = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  limit: { type: 'string' },
  payload: { type: 'string', multiple: true },
  concurrency: { type: 'string' },
  sizes: { type: 'string' },
  rules: { type: 'string' },
  output: { type: 'string' },
  'without-original': { type: 'boolean', default: false },
  smoke: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const full: BenchSettings = {
  contestants: ['ours', 'original', 'floor'],
  rounds: 3,
  seconds: 10,
  limit: 120,
  payloads: ['4 KiB', '60 KiB', '2 MiB'],
  concurrencies: [1, 8, 32, 128],
  mostIntrospections: 4000,
  rest: 2,
  nodes: 1000,
  sizes: [100, 1000, 10_000, 100_000],
  rules: [0, 1, 10, 100],
};

/** Just enough to see that the benchmark works. */
const smoke: BenchSettings = {
  ...full,
  rounds: 1,
  seconds: 0.1,
  limit: 60,
  concurrencies: [2],
  mostIntrospections: 2,
  rest: 0.1,
  nodes: 20,
  sizes: [40],
  rules: [2],
};

/** The text of `--help`. */
export function benchHelp(): string {
  const width = Math.max(...allSubsets.map(({ name }) => name.length));
  const subsets = allSubsets.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`);
  return `Usage: npm run bench -- [subset...] [options]

Measures this service beside the original, against the same stand-in of Ironic, and beside a floor: a program that
does no more than it must. Prints a table, and writes JSON and a plot.

Subsets (all of them unless some are named):
${subsets.join('\n')}

Options:
  --rounds N            how often each is measured; ratios are of each round (${full.rounds})
  --seconds N           what one measurement is to take (${full.seconds})
  --limit N             seconds after which a measurement is given up (${full.limit})
  --payload SIZE        ${Object.keys(payloadSizes).join(', ')}; may be given several times (all)
  --concurrency N,N     requests at a time (${full.concurrencies.join(',')})
  --sizes N,N           nodes in the database, for growth (${full.sizes.join(',')})
  --rules N,N           numbers of rules (${full.rules.join(',')})
  --output FOLDER       where results go (benchmarks/results)
  --without-original    only this service and the floor
  --smoke               tiny counts: whether the benchmark works, not how fast anything is
  --help                this text
`;
}

/** @throws Error for arguments that it does not know */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const base = values.smoke ? smoke : full;
  const settings: BenchSettings = {
    ...base,
    contestants: base.contestants.filter((name) => name !== 'original' || !values['without-original']),
    rounds: values.rounds === undefined ? base.rounds : wholeNumber(values.rounds),
    seconds: values.seconds === undefined ? base.seconds : wholeNumber(values.seconds),
    limit: values.limit === undefined ? base.limit : wholeNumber(values.limit),
    payloads: values.payload?.map(payloadNamed) ?? base.payloads,
    concurrencies: values.concurrency?.split(',').map(wholeNumber) ?? base.concurrencies,
    sizes: values.sizes?.split(',').map(wholeNumber) ?? base.sizes,
    rules: values.rules?.split(',').map((text) => (text === '0' ? 0 : wholeNumber(text))) ?? base.rules,
  };
  const subsets = positionals.length === 0 ? allSubsets : positionals.map(subsetNamed);
  return { help: values.help, subsets, settings, output: values.output, mustSucceed: values.smoke };
}

function subsetNamed(wanted: string): Subset {
  const subset = allSubsets.find(({ name }) => name === wanted);
  if (subset !== undefined) return subset;
  throw new Error(`Expected a subset (${allSubsets.map(({ name }) => name).join(', ')}), got '${wanted}'`);
}

function payloadNamed(text: string): PayloadName {
  if (Object.hasOwn(payloadSizes, text)) return text as PayloadName;
  throw new Error(`Expected a payload (${Object.keys(payloadSizes).join(', ')}), got '${text}'`);
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`Expected a number of 1 or more, got '${text}'`);
}
