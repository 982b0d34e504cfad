import { compileExpression } from './compile-expression.ts';

/**
 * Checks a regular expression in Python's syntax: named groups are `(?P<name>...)`, `\A` and `\Z` are the ends of
 * the text, `(?i)` at the beginning sets flags.
 *
 * @throws ExpressionError with the reason: for what is no expression, for one of more than 4,096 characters, and
 *   for what cannot be evaluated in linear time (docs/compatibility.md, rule-expression-dialect).
 */
export function checkExpression(expression: string): void {
  compileExpression(expression, { anchored: false });
}
