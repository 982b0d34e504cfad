import { InspectorError } from '../errors/inspector-error.ts';
import { runPreHooks } from '../hooks/run-pre-hooks.ts';
import { checkRamdiskData } from '../inventory/check-ramdisk-data.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Introspection } from './introspection.ts';

/**
 * Checks the document's structure and runs the pre-hooks, which extend it. Failures are kept until the
 * node is found, so that they end up in its status.
 *
 * @returns The failures, a line each; none means that the data may be processed.
 */
export async function preprocess(
  on: Pick<Introspection, 'hooks' | 'log'>,
  data: JsonObject,
): Promise<readonly string[]> {
  const malformed = malformedPart(data);
  const failures = await runPreHooks(on.hooks, data, { log: on.log });
  return malformed === undefined ? failures : [malformed, ...failures];
}

/** A missing inventory is for the hooks to say. */
function malformedPart(data: JsonObject): string | undefined {
  try {
    checkRamdiskData(data);
    return undefined;
  } catch (error) {
    if (error instanceof InspectorError) return error.message;
    throw error;
  }
}
