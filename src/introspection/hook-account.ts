import { messageOf } from '../errors/inspector-error.ts';
import type { HookContext, ProcessingHook } from '../hooks/processing-hook.ts';
import type { JsonObject } from '../json/json-value.ts';
import { cutText } from '../logging/cut-text.ts';
import { maskSecretsInText } from '../logging/mask-secrets.ts';
import { overheardLogger } from '../logging/overheard-logger.ts';

/** What one step of a hook did. */
export interface HookAccount {
  readonly name: string;
  /** Before the node was known, or with it. */
  readonly phase: 'before-processing' | 'before-update';
  readonly milliseconds: number;
  /** How many changes of the node, its ports and traits it decided on. */
  readonly changes: number;
  /** Members of the data that it added, replaced or removed; within a member it may do more. */
  readonly data: readonly string[];
  /** What it warned of; secrets are masked. */
  readonly warnings: readonly string[];
  /** Why it failed, if it did. */
  readonly error: string | null;
}

/** Of one step; a machine with a thousand odd disks is told of by the log. */
const mostWarnings = 50;
const mostMembers = 100;
/** UTF-16 units. */
const longestSentence = 1000;

/** Hooks that do what the given ones do, and tell what that was. What they throw passes through. */
export function observedHooks(
  hooks: readonly ProcessingHook[],
  tell: (account: HookAccount) => void,
): readonly ProcessingHook[] {
  return hooks.map((hook): ProcessingHook => {
    const observe = (phase: HookAccount['phase']) => observer({ name: hook.name, phase }, tell);
    const { name, dependencies } = hook;
    return {
      name,
      ...(dependencies === undefined ? {} : { dependencies }),
      ...(hook.beforeProcessing === undefined
        ? {}
        : {
            beforeProcessing: (data, context) =>
              observe('before-processing')({ data, context, changes: () => 0 }, (within) =>
                hook.beforeProcessing?.(data, within),
              ),
          }),
      ...(hook.beforeUpdate === undefined
        ? {}
        : {
            beforeUpdate: (data, node, context) =>
              observe('before-update')(
                { data, context, changes: () => node.plan().changes.length },
                (within) => hook.beforeUpdate?.(data, node, within),
              ),
          }),
    };
  });
}

interface Step {
  readonly data: JsonObject;
  readonly context: HookContext;
  /** How many there are so far. */
  readonly changes: () => number;
}

function observer(
  what: Pick<HookAccount, 'name' | 'phase'>,
  tell: (account: HookAccount) => void,
): (step: Step, run: (context: HookContext) => void | Promise<void>) => Promise<void> {
  return async ({ data, context, changes }, run) => {
    const warnings: string[] = [];
    const log = overheardLogger(context.log, (level, message) => {
      if (level !== 'debug' && level !== 'info' && warnings.length < mostWarnings)
        warnings.push(told(message));
    });
    const before = { ...data };
    const changesBefore = changes();
    const begun = performance.now();
    let error: string | null = null;
    try {
      await run({ ...context, log });
    } catch (thrown) {
      error = told(messageOf(thrown));
      throw thrown;
    } finally {
      const milliseconds = Math.round((performance.now() - begun) * 1000) / 1000;
      const members = membersThatDiffer(before, data);
      tell({ ...what, milliseconds, changes: changes() - changesBefore, data: members, warnings, error });
    }
  };
}

function membersThatDiffer(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => before[name] !== after[name])
    .slice(0, mostMembers)
    .map(told);
}

/** Text as it may be kept: without secrets, and not without end. */
export function told(text: string): string {
  return cutText(maskSecretsInText(text), longestSentence);
}
