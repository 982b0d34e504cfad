import type { ConditionPlugin } from '../rule-plugin.ts';
import { contains } from './contains.ts';
import { equal } from './equal.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { greaterThan } from './greater-than.ts';
import { inNet } from './in-net.ts';
import { isEmpty } from './is-empty.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { lessThan } from './less-than.ts';
import { matches } from './matches.ts';
import { notEqual } from './not-equal.ts';

/** Every condition by the name that rules know it by, in alphabetical order, as messages list them. */
export const conditionBuiltIns: ReadonlyMap<string, ConditionPlugin> = new Map(
  [
    contains,
    equal,
    greaterOrEqual,
    greaterThan,
    inNet,
    isEmpty,
    lessOrEqual,
    lessThan,
    matches,
    notEqual,
  ].map((condition) => [condition.name, condition] as const),
);
