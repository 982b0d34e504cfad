/**
 * Measures what a ramdisk's document costs between the API and the bare metal service, part by part:
 *
 *     node benchmarks/hooks.ts [--disks 1200] [--nics 64] [--rounds 100] [--check]
 *
 * All built-in hooks are enabled. With `--check`, the exit code is 1 when the hooks take more than 50 ms together.
 */
import { parseArgs } from 'node:util';
import { hookOperations } from './hook-operations.ts';
import { type Measured, measure } from './measurement.ts';
import { machineFacts } from './scale-report.ts';

const { values } = parseArgs({
  options: {
    disks: { type: 'string', default: '1200' },
    nics: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '100' },
    check: { type: 'boolean', default: false },
  },
});

/** Milliseconds for all hooks together. */
const most = 50;

const size = { disks: wholeNumber(values.disks), nics: wholeNumber(values.nics) };
const { operations, characters, total } = hookOperations(size);
const rounds = { measured: wholeNumber(values.rounds), warmUp: 20 };
const { date, node, processor, loadAverage } = machineFacts();
const measured = await measure([{ size: size.nics, operations }], rounds);
write(`${date}, Node ${node}, ${processor}, load average ${loadAverage.join(', ')}`);
write(
  `${size.disks} disks, ${size.nics} NICs, ${characters} characters; min / median / 95th percentile in ms\n`,
);
for (const { name, durations } of measured) {
  const [{ min, median, p95 } = { min: Number.NaN, median: Number.NaN, p95: Number.NaN }] = durations;
  write(`| ${name} | ${[min, median, p95].map((time) => time.toFixed(2)).join(' / ')} |`);
}
const took = medianOf(measured, total);
if (values.check && !(took <= most)) {
  write(`\nThe hooks took ${took.toFixed(1)} ms, at most ${most} are allowed`);
  process.exitCode = 1;
}

function medianOf(all: readonly Measured[], name: string): number {
  return all.find((one) => one.name === name)?.durations[0]?.median ?? Number.NaN;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`Expected a number of 1 or more, got '${text}'`);
}
