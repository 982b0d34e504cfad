/**
 * `npm run fuzz:inputs -- [seconds for each target] [targets]`: looks for inputs that trip the readers of what
 * nobody vouches for. Inputs that run code which none before did are kept in `tests/inputs/corpus/`, and so is
 * what is a fault, so that `npm test` fails until it is mended.
 */
import { inspect } from 'node:util';
import type { FuzzTarget } from '../testing/fuzz-inputs/fuzz-target.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { corpusPath, readCorpus, writeCorpus } from './fuzz/corpus-file.ts';
import { coverageProbe } from './fuzz/coverage-probe.ts';
import { explore } from './fuzz/explore.ts';
import { minimised, shrinkFault } from './fuzz/shrink-input.ts';
import { runProgram } from './run-program.ts';

const isOwnCode = (url: string) => url.startsWith(new URL('../src/', import.meta.url).href);

/** Milliseconds from which an input is worth a look. */
const longestKept = 50;

const probe = coverageProbe(isOwnCode);
const { fuzzTargets } = await import('../testing/fuzz-inputs/fuzz-targets.ts');

const [first = '60', ...others] = process.argv.slice(2);
const isDuration = /^\d+$/.test(first);
const names = isDuration ? others : [first, ...others];
const unknown = names.filter((name) => fuzzTargets.every((target) => target.name !== name));
if (unknown.length > 0) {
  const known = fuzzTargets.map(({ name }) => name).join(', ');
  console.error(`Expected targets (${known}), got ${unknown.join(', ')}`);
  process.exitCode = 1;
} else {
  const chosen = fuzzTargets.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const target of chosen) await fuzz(target, (isDuration ? Number(first) : 60) * 1000);
  await runProgram('biome', ['format', '--write', ...chosen.map(({ name }) => corpusPath(name))]);
}

async function fuzz(target: FuzzTarget, duration: number): Promise<void> {
  const path = corpusPath(target.name);
  const seed = Date.now() % 2 ** 32;
  const known = [...target.seeds, ...readCorpus(path)];
  const found = await explore({ target, known, random: seededRandom(seed), probe, duration });
  const faulty: string[] = [];
  for (const fault of found.faults) {
    const input = await shrinkFault(target, fault);
    faulty.push(input);
    console.error(`${target.name}: ${JSON.stringify(input)}\n${inspect(fault.error)}\n`);
    process.exitCode = 1;
  }
  const sound = await minimised(target, found.inputs.filter(isSurvived(found.faults)), probe);
  // What is slow here may be quick in production, which the tests find out.
  const slow = found.slow.filter(({ time }) => time > longestKept).slice(0, 3);
  writeCorpus(path, [...new Set([...faulty, ...sound, ...slow.map(({ input }) => input)])]);
  const { executions, covered, faults } = found;
  const [slowest] = found.slow;
  const counts = `${executions} inputs, ${covered} characters of code, ${sound.length} kept`;
  console.log(
    `${target.name} (seed ${seed}): ${counts}, ${faults.length} faults, slowest ${slowest?.time.toFixed(0)} ms`,
  );
}

function isSurvived(faults: readonly { readonly input: string }[]): (input: string) => boolean {
  return (input) => faults.every((fault) => fault.input !== input);
}
