import { InspectorError } from '../errors/inspector-error.ts';

/** Ironic's limit. */
export const mostTraits = 50;

/** In characters. */
export const longestTrait = 255;

/**
 * `CUSTOM_` and one of the name spaces of os-traits. Ironic knows the standard traits one by one; a list of
 * them would be out of date with every release, so any name in their name spaces is taken.
 */
export const traitPattern = /^(?:CUSTOM|COMPUTE|HW|MISC|OWNER|STORAGE)_[A-Z0-9_]+$/;

/** @throws InspectorError `invalid` for a name that is no trait. */
export function requireTrait(trait: unknown): asserts trait is string {
  if (typeof trait === 'string' && trait.length <= longestTrait && traitPattern.test(trait)) return;
  const shown = typeof trait === 'string' ? trait.slice(0, 100) : JSON.stringify(trait);
  throw new InspectorError(
    'invalid',
    `Schema error for trait: '${shown}' is not valid. A trait is CUSTOM_ followed by A-Z, 0-9 and _, ` +
      'or a standard trait such as HW_CPU_X86_VMX.',
  );
}

/**
 * The traits sorted and each once.
 *
 * @throws InspectorError `invalid` when a node may not have so many.
 */
export function traitSet(uuid: string, traits: readonly string[]): string[] {
  const set = [...new Set(traits)].toSorted();
  if (set.length <= mostTraits) return set;
  throw new InspectorError(
    'invalid',
    `Could not modify traits for node ${uuid} as it would exceed the maximum number of traits per node (${mostTraits})`,
  );
}
