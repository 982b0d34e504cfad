import type { FuzzTarget } from '../../testing/fuzz-inputs/fuzz-target.ts';
import { surviveInput } from '../../testing/fuzz-inputs/survive-input.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';
import { type Coverage, SeenCoverage } from './coverage-probe.ts';
import { mutateInput } from './mutate-input.ts';
import { type Fault, faultKey } from './shrink-input.ts';

/** Inputs between two looks at the coverage, which takes as long as some of them. */
const batch = 16;

/** Milliseconds; code whose blocks are counted is up to ten times slower than the same in production. */
export const longestCounted = 400;

/** The slowest inputs, from which slower ones are made. */
const slowest = 10;

/** What a run is made of. */
export interface Exploration {
  readonly target: FuzzTarget;
  /** Inputs that are known. */
  readonly known: readonly string[];
  readonly random: SeededRandom;
  readonly probe: { take(): Coverage };
  /** Milliseconds. */
  readonly duration: number;
}

/** What came of it. */
export interface Findings {
  /** The known inputs and those that ran code which none before them had. */
  readonly inputs: readonly string[];
  readonly faults: readonly Fault[];
  readonly executions: number;
  /** Characters of code that were run. */
  readonly covered: number;
  /** Slowest first; milliseconds. */
  readonly slow: readonly { readonly input: string; readonly time: number }[];
}

/** Runs a target on changes of its inputs, keeps what runs new code, and goes on from that. */
export async function explore({ target, known, random, probe, duration }: Exploration): Promise<Findings> {
  const inputs: string[] = [];
  const slow: { readonly input: string; readonly time: number }[] = [];
  const faults = new Map<string, Fault>();
  const seen = new SeenCoverage();
  let executions = 0;

  const run = async (input: string): Promise<void> => {
    executions += 1;
    const started = performance.now();
    try {
      await surviveInput(target, Buffer.from(input, 'latin1'), longestCounted);
    } catch (error) {
      const key = faultKey(error);
      if (!faults.has(key)) faults.set(key, { input, error });
    }
    const time = performance.now() - started;
    if (slow.length >= slowest && time <= (slow.at(-1)?.time ?? 0)) return;
    slow.push({ input, time });
    slow.sort((one, other) => other.time - one.time).splice(slowest);
  };
  const runAlone = async (input: string): Promise<void> => {
    probe.take();
    await run(input);
    const coverage = probe.take();
    if (seen.isNew(coverage)) inputs.push(input);
    seen.add(coverage);
  };

  for (const input of known) await runAlone(input);
  for (const end = performance.now() + duration; performance.now() < end; ) {
    const from = { words: target.words, inputs: inputs.length > 0 ? inputs : [''] };
    const made = Array.from({ length: batch }, () => {
      const parent = random.once(8)
        ? (slow.at(random.below(slow.length))?.input ?? '')
        : random.pick(from.inputs);
      return mutateInput(parent, random, from);
    });
    for (const input of made) await run(input);
    const coverage = probe.take();
    if (seen.isNew(coverage)) for (const input of made) await runAlone(input);
    seen.add(coverage);
    await new Promise(setImmediate);
  }
  return {
    inputs,
    faults: [...faults.values()],
    executions,
    covered: seen.size,
    slow,
  };
}
