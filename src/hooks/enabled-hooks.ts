import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { ProcessingHook } from './processing-hook.ts';

/**
 * The hooks that `[processing]processing_hooks` names, made and in order. A name that comes twice runs
 * twice.
 *
 * @param names The option's value with references resolved: names separated by commas.
 * @param makers Makes a hook, by name. What a maker throws is logged, since the message has names only.
 * @throws InspectorError `invalid` with the original's texts when a name is unknown, a hook cannot be made,
 * or a hook that another depends on does not come before it.
 */
export function enabledHooks(
  names: string,
  makers: ReadonlyMap<string, () => ProcessingHook>,
  log: Logger,
): readonly ProcessingHook[] {
  const wanted = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const hooks = new Map<string, ProcessingHook>();
  const missing = [...new Set(wanted)].filter((name) => {
    const hook = made(name, makers.get(name), log);
    if (hook !== undefined) hooks.set(name, hook);
    return hook === undefined;
  });
  if (missing.length > 0) {
    const message = `The following hook(s) are missing or failed to load: ${missing.join(', ')}`;
    throw new InspectorError('invalid', message);
  }
  const enabled = wanted.flatMap((name) => hooks.get(name) ?? []);
  checkDependencies(enabled);
  return enabled;
}

function made(
  name: string,
  maker: (() => ProcessingHook) | undefined,
  log: Logger,
): ProcessingHook | undefined {
  if (maker === undefined) {
    log.error(`Could not load the hook ${name}: there is no hook of this name`);
    return undefined;
  }
  try {
    return maker();
  } catch (error) {
    log.error(`Could not load the hook ${name}: ${messageOf(error)}`, { error });
    return undefined;
  }
}

function checkDependencies(hooks: readonly ProcessingHook[]): void {
  const earlier = new Set<string>();
  const problems: string[] = [];
  for (const { name, dependencies = [] } of hooks) {
    const missing = dependencies.filter((dependency) => !earlier.has(dependency));
    if (missing.length > 0) {
      problems.push(
        `Hook ${name} requires the following hooks to be enabled before it: ${dependencies.join(', ')}. ` +
          `The following hooks are missing: ${missing.join(', ')}.`,
      );
    }
    earlier.add(name);
  }
  if (problems.length === 0) return;
  const message = `Some hooks failed to load due to dependency problems:\n${problems.join('\n')}`;
  throw new InspectorError('invalid', message);
}
