import type { OptionsOf } from '../../config/option.ts';
import type { NodeNotFoundHook } from '../node-not-found-hook.ts';
import { discoveryOptions, enrollHook } from './enroll.ts';
import { exampleNodeNotFoundHook } from './example.ts';

/** The sections of the configuration that the hooks of this folder read. */
export const nodeNotFoundHookOptionGroups = [discoveryOptions] as const;

/** The values of those sections, by section name. */
export interface NodeNotFoundHookOptions {
  readonly discovery: OptionsOf<typeof discoveryOptions.options>;
}

/** The hooks of this folder by the name that `[processing]node_not_found_hook` calls them. */
export const nodeNotFoundHookBuiltIns: ReadonlyMap<
  string,
  (options: NodeNotFoundHookOptions) => NodeNotFoundHook
> = new Map([
  ['enroll', ({ discovery }: NodeNotFoundHookOptions) => enrollHook(discovery)],
  ['example', () => exampleNodeNotFoundHook()],
]);
