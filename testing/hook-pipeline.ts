import { defaultsOf } from '../src/config/option.ts';
import { enabledHooks } from '../src/hooks/enabled-hooks.ts';
import {
  type ProcessingHookOptions,
  processingHookBuiltIns,
  processingHookOptionGroups,
} from '../src/hooks/processing/built-ins.ts';
import type { ProcessingHook } from '../src/hooks/processing-hook.ts';
import { runPostHooks } from '../src/hooks/run-post-hooks.ts';
import { runPreHooks } from '../src/hooks/run-pre-hooks.ts';
import { checkRamdiskData } from '../src/inventory/check-ramdisk-data.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { silentLogger } from '../src/logging/logger.ts';
import type { NodeDraft } from '../src/nodes/node-draft.ts';

/** Options of `section.option` spelling, as text or, where the option is repeated, as lines. */
export type WrittenOptions = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** What the built-in hooks read, from the defaults and what was written. */
export function hookOptions(written: WrittenOptions = {}): ProcessingHookOptions {
  const sections: Record<string, Record<string, unknown>> = {};
  for (const group of processingHookOptionGroups) {
    const section = { ...sections[group.group], ...defaultsOf<any>(group) };
    for (const [name, option] of Object.entries(group.options)) {
      const value = written[`${group.group}.${name}`];
      if (typeof value === 'string') section[name] = option.parse(value);
      else if (value !== undefined && value !== null) section[name] = value;
    }
    sections[group.group] = section;
  }
  return sections as unknown as ProcessingHookOptions;
}

/** Built-in hooks by name, made of the options. */
export function builtInHooks(names: string, options: ProcessingHookOptions): readonly ProcessingHook[] {
  const log = silentLogger();
  const makers = [...processingHookBuiltIns].map(([name, make]): [string, () => ProcessingHook] => [
    name,
    () => make(options, log),
  ]);
  return enabledHooks(names, new Map(makers), log);
}

/**
 * Checks the data and runs the hooks on it and on the draft, as the pipeline of `/v1/continue` does between
 * reading the request and applying the plan. The data changes.
 *
 * @returns Failures of pre-hooks; post-hooks run only when there are none.
 * @throws whatever the check or a post-hook throws.
 */
export async function runHookPipeline(
  hooks: readonly ProcessingHook[],
  data: JsonObject,
  draft: NodeDraft,
): Promise<string[]> {
  const context = { log: silentLogger() };
  checkRamdiskData(data);
  const failures = await runPreHooks(hooks, data, context);
  if (failures.length === 0) await runPostHooks(hooks, data, draft, context);
  return failures;
}
