import type { FuzzTarget } from '../../testing/fuzz-inputs/fuzz-target.ts';
import { surviveInput } from '../../testing/fuzz-inputs/survive-input.ts';
import { type Coverage, SeenCoverage } from './coverage-probe.ts';
import { longestCounted } from './explore.ts';

/** An input that a target should have survived. */
export interface Fault {
  readonly input: string;
  readonly error: unknown;
}

/** The same for errors from the same line of code. */
export function faultKey(error: unknown): string {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [place = message] = /\/src\/\S+/.exec(stack) ?? [];
  return `${name} ${place} ${message.replaceAll(/[\d.]+/g, '#').slice(0, 40)}`;
}

/** A shorter input with the same fault. */
export async function shrinkFault(target: FuzzTarget, { input, error }: Fault): Promise<string> {
  const key = faultKey(error);
  return shrunk(input, async (candidate) => {
    try {
      await surviveInput(target, Buffer.from(candidate, 'latin1'), longestCounted);
      return false;
    } catch (other) {
      return faultKey(other) === key;
    }
  });
}

/**
 * Inputs, shortest first, each made as short as it can be while it runs code that none before it does; those that
 * add nothing are left out.
 */
export async function minimised(
  target: FuzzTarget,
  inputs: readonly string[],
  probe: { take(): Coverage },
): Promise<string[]> {
  const seen = new SeenCoverage();
  const coverageOf = async (input: string): Promise<Coverage> => {
    probe.take();
    await surviveInput(target, Buffer.from(input, 'latin1'), Number.MAX_VALUE);
    return probe.take();
  };
  const kept: string[] = [];
  for (const input of inputs.toSorted((one, other) => one.length - other.length)) {
    const coverage = await coverageOf(input);
    if (!seen.isNew(coverage)) continue;
    const added = seen.newOf(coverage);
    const short = await shrunk(input, async (candidate) => added.isIn(await coverageOf(candidate)));
    seen.add(await coverageOf(short));
    seen.add(coverage);
    kept.push(short);
  }
  return kept;
}

/** Milliseconds for one input; the longest ones are not worth more. */
const patience = 200;

/** Leaves out pieces, large ones first, as long as it stays `good`. */
async function shrunk(input: string, good: (candidate: string) => Promise<boolean>): Promise<string> {
  const end = performance.now() + patience;
  let text = input;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < text.length && performance.now() < end; ) {
      const candidate = text.slice(0, at) + text.slice(at + size);
      if (await good(candidate).catch(() => false)) text = candidate;
      else at += size;
    }
  }
  return text;
}
