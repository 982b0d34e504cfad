/** What a rule of the policy asks for, as a tree. */
export type Check =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  /** Something that cannot be understood: it allows nothing, and nothing that contains its opposite does. */
  | { readonly kind: 'unclear'; readonly text: string }
  | { readonly kind: 'not'; readonly check: Check }
  | { readonly kind: 'and' | 'or'; readonly checks: readonly Check[] }
  /** Another rule, by its name. */
  | { readonly kind: 'rule'; readonly name: string }
  /** One of the roles of who asks. */
  | { readonly kind: 'role'; readonly name: string }
  /** What another service says; `url` is http or https. */
  | { readonly kind: 'remote'; readonly url: string }
  /** An attribute of who asks, or a literal, and the text that it is to be equal to. */
  | { readonly kind: 'attribute'; readonly left: string; readonly right: string };

/** Every part of a check, itself first. */
export function partsOf(check: Check): readonly Check[] {
  if (check.kind === 'not') return [check, ...partsOf(check.check)];
  if (check.kind === 'and' || check.kind === 'or') return [check, ...check.checks.flatMap(partsOf)];
  return [check];
}

/** Two checks that are written alike, apart from blanks and needless parentheses. */
export function sameCheck(one: Check, other: Check): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
