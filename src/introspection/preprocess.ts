import { InspectorError } from '../errors/inspector-error.ts';
import { runPreHooks } from '../hooks/run-pre-hooks.ts';
import { checkRamdiskData } from '../inventory/check-ramdisk-data.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Introspection } from './introspection.ts';

/** What was found before the node is known. */
export interface Preprocessed {
  /** A line each; none means that the data may be processed. */
  readonly failures: readonly string[];
  /** False: some part has a type that no hook can work with, so no node is made from the document. */
  readonly wellFormed: boolean;
}

/**
 * Checks the document's structure and runs the pre-hooks, which extend it. Failures are kept until the
 * node is found, so that they end up in its status.
 */
export async function preprocess(
  on: Pick<Introspection, 'hooks' | 'log'>,
  data: JsonObject,
): Promise<Preprocessed> {
  const malformed = malformedPart(data);
  const failures = await runPreHooks(on.hooks, data, { log: on.log });
  if (malformed === undefined) return { failures, wellFormed: true };
  return { failures: [malformed, ...failures], wellFormed: false };
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
