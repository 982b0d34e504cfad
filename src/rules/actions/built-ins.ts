import type { ActionPlugin } from '../rule-plugin.ts';
import { addTrait } from './add-trait.ts';
import { example } from './example.ts';
import { extendAttribute } from './extend-attribute.ts';
import { fail } from './fail.ts';
import { removeTrait } from './remove-trait.ts';
import { setAttribute } from './set-attribute.ts';
import { setCapability } from './set-capability.ts';

/** Every action by the name that rules know it by, in alphabetical order, as messages list them. */
export const actionBuiltIns: ReadonlyMap<string, ActionPlugin> = new Map(
  [addTrait, example, extendAttribute, fail, removeTrait, setAttribute, setCapability].map(
    (action) => [action.name, action] as const,
  ),
);
