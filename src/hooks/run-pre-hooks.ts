import { errorNameOf, InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { RamdiskData } from '../inventory/ramdisk-data.ts';
import type { HookContext, ProcessingHook } from './processing-hook.ts';

/** Characters of a failure that are kept; it may quote the ramdisk, and the database keeps 64 KiB. */
const longestFailure = 10_000;

/**
 * Runs what hooks do before the node is known, in order; hooks may change the data. What one throws is
 * collected, and the others still run.
 *
 * @returns The failures as the operator and the ramdisk are told, one line each as a rule; a very long one is
 * cut (docs/compatibility.md, long-failures). Empty when all went well.
 */
export async function runPreHooks(
  hooks: readonly ProcessingHook[],
  data: RamdiskData,
  context: HookContext,
): Promise<string[]> {
  const failures: string[] = [];
  for (const hook of hooks) {
    try {
      await hook.beforeProcessing?.(data, context);
    } catch (error) {
      const failure = cut(describe(hook.name, error));
      // Where an expected failure came from is of no use to an operator.
      context.log.error(failure, error instanceof InspectorError ? {} : { error });
      failures.push(failure);
    }
  }
  return failures;
}

function describe(hook: string, error: unknown): string {
  if (error instanceof InspectorError) return `Preprocessing hook ${hook}: ${error.message}`;
  return `Unexpected exception ${errorNameOf(error)} during preprocessing in hook ${hook}: ${messageOf(error)}`;
}

function cut(text: string): string {
  if (text.length <= longestFailure) return text;
  return `${text.slice(0, longestFailure).toWellFormed()}... (${text.length} characters in all)`;
}
