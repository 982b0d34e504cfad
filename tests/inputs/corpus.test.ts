import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fuzzTargets } from '../../testing/fuzz-inputs/fuzz-targets.ts';
import { surviveInput } from '../../testing/fuzz-inputs/survive-input.ts';

/** Milliseconds that an input may take. */
const longest = 50;

/** Inputs as text, one character an octet. */
function corpusOf(name: string): readonly string[] {
  const url = new URL(`./corpus/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as string[];
}

describe('inputs that a fuzzer found', () => {
  for (const target of fuzzTargets) {
    const inputs = [...target.seeds, ...corpusOf(target.name)];

    it(`are read or refused, and soon: ${inputs.length} of ${target.name}`, async () => {
      for (const input of inputs) await surviveInput(target, Buffer.from(input, 'latin1'), longest);

      assert.ok(inputs.length > 0);
    });
  }
});
