import assert from 'node:assert/strict';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** Characters of an error that go into a log line, a column and an answer. */
const longestMessage = 70_000;

/** Other programs on the machine may take its time; what is slow by itself is slow each time. */
const attempts = 5;

/**
 * Gives a target an input, again where it took long.
 *
 * @param longest milliseconds.
 * @throws what is a fault of the code under test: any error but a refusal in good words, a changed prototype,
 *   and more time than that.
 */
export async function surviveInput(target: FuzzTarget, input: Buffer, longest: number): Promise<void> {
  let duration = Infinity;
  for (let attempt = 0; attempt < attempts && duration > longest; attempt++) {
    const started = performance.now();
    await readOrRefuse(target, input);
    duration = performance.now() - started;
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

/** An error that an operator or a client may read, whatever it quotes. */
export function assertRefusal(error: unknown): void {
  if (!(error instanceof InspectorError) || error.kind !== 'invalid') throw error;
  const { message } = error;
  assert.ok(message.trim() !== '' && message.length <= longestMessage, `${message.length} characters`);
  assert.ok(message.isWellFormed(), `half a character: ${JSON.stringify(message)}`);
}
