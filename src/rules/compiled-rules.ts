import { BoundedCache } from './bounded-cache.ts';
import { type FieldPath, parseField } from './field-path.ts';
import { compileExpression, type Expression } from './python-regex/compile-expression.ts';

/** More than there are in any set of rules that a person can follow. */
const mostRemembered = 2000;

/** What takes long to make of rules, made once: field paths and regular expressions. */
export class CompiledRules {
  readonly #fields = new BoundedCache<FieldPath>(mostRemembered);
  readonly #anchored = new BoundedCache<Expression>(mostRemembered);
  readonly #searching = new BoundedCache<Expression>(mostRemembered);

  /** @throws InspectorError `invalid` for a path that does not parse. */
  field(field: string): FieldPath {
    return this.#fields.get(field, parseField);
  }

  /** @throws ExpressionError for an expression that cannot be compiled. */
  expression(source: string, { anchored }: { anchored: boolean }): Expression {
    const cache = anchored ? this.#anchored : this.#searching;
    return cache.get(source, (text) => compileExpression(text, { anchored }));
  }
}
