import type { Options, OptionsOf } from '../config/option.ts';
import type { Logger } from '../logging/logger.ts';
import type { PluginContext } from '../plugin-api/plugin-context.ts';
import type { Plugin } from '../plugin-api/plugin-kinds.ts';
import { type Guard, guardFor } from './guard.ts';
import { isExpected, pluginFailure } from './plugin-failure.ts';
import { withinTimeLimit } from './time-limit.ts';

/** A plug-in at work: what each of its calls is made with. */
export interface PluginOwner {
  /** The plug-in's. */
  readonly name: string;
  readonly options: OptionsOf<Options>;
  readonly log: Logger;
  /** Seconds; 0 for none. */
  readonly timeLimit: number;
}

/** A plug-in with what its calls are made with. */
export interface Begun {
  readonly plugin: Plugin;
  readonly owner: PluginOwner;
}

/** `hook acme of plug-in acme-racks`: how messages name a part of a plug-in. */
export function partOf(owner: PluginOwner, kind: string, name: string): string {
  return `${kind} ${name} of plug-in ${owner.name}`;
}

/**
 * Makes an asynchronous call of a plug-in: within the time limit, with its options, and with a guard that closes
 * when the call has ended.
 *
 * @param who As `partOf` says it.
 * @throws InspectorError that names it, whatever was thrown.
 */
export async function callPlugin<T>(
  owner: PluginOwner,
  who: string,
  call: (context: PluginContext, guard: Guard) => T | Promise<T>,
  log: Logger = owner.log,
): Promise<T> {
  const guard = guardFor(who);
  try {
    return await withinTimeLimit(who, owner.timeLimit, (signal) =>
      call({ options: owner.options, log, signal }, guard),
    );
  } catch (error) {
    const failure = pluginFailure(who, error);
    // The author needs the stack, which those who only pass the failure on do not have.
    if (!isExpected(error)) log.error(failure.message, { error });
    throw failure;
  } finally {
    guard.end();
  }
}
