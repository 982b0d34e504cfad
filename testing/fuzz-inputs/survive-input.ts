import assert from 'node:assert/strict';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { processorTime } from '../processor-time.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** A garbage collection may fall into one; what is slow by itself is slow each time. */
const attempts = 5;

/**
 * Gives a target an input, again where it took long.
 *
 * @param longest milliseconds of processor time.
 * @throws what is a fault of the code under test: any error but a refusal in good words, a changed prototype,
 *   and more time than that.
 */
export async function surviveInput(target: FuzzTarget, input: Buffer, longest: number): Promise<void> {
  let duration = Infinity;
  for (let attempt = 0; attempt < attempts && duration > longest; attempt++) {
    const spent = processorTime();
    await readOrRefuse(target, input);
    duration = spent();
  }
  assert.ok(duration <= longest, `${target.name}: expected at most ${longest} ms, took ${duration} ms`);
  assert.deepEqual(Object.keys(Object.prototype), []);
}

async function readOrRefuse(target: FuzzTarget, input: Buffer): Promise<void> {
  try {
    await target.run(input);
  } catch (error) {
    assertRefusal(error);
  }
}

/**
 * An error that an operator or a client may read, whatever it quotes.
 *
 * @param longest characters. What is refused may be quoted whole, and it is as long as a request may be; what
 * goes into the database is not.
 */
export function assertRefusal(error: unknown, longest = Infinity): void {
  if (!(error instanceof InspectorError) || error.kind !== 'invalid') throw error;
  const { message } = error;
  assert.ok(message.trim() !== '' && message.length <= longest, `${message.length} characters of error`);
  assert.ok(message.isWellFormed(), `half a character: ${JSON.stringify(message)}`);
}

/** Bytes of a column of text in MySQL, which an error of a node has to fit. */
export const longestError = 65_535;
