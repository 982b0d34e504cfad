/** A parsed field path. `fields` with `*` among them stands for all members of an object. */
export type PathExpression =
  | { readonly kind: 'root' | 'this' | 'parent' }
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number | null; readonly end: number | null }
  | {
      readonly kind: 'child' | 'descendants' | 'union' | 'where';
      readonly left: PathExpression;
      readonly right: PathExpression;
    };
