import { createRequire } from 'node:module';
import type * as re2js from 're2js';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { ExpressionError } from './expression-error.ts';
import { translateExpression } from './translate-expression.ts';

/** For what is loaded with the first expression: most services have no rule with one. */
const require = createRequire(import.meta.url);

/** A compiled expression. */
export interface Expression {
  /**
   * Whether the expression is found in the text; takes time that grows with the text's length alone.
   *
   * @throws InspectorError `invalid` for a text that is too long for it (docs/compatibility.md, rule-limits).
   */
  test(text: string): boolean;
}

/** UTF-16 units; real ones have about a hundred. */
const longestExpression = 4096;

/** Steps of the expression times UTF-16 units of the text; about a third of a second at the very worst. */
const mostWork = 20_000_000;

/**
 * Compiles a regular expression in Python's syntax.
 *
 * @param anchored whether it has to match at the beginning of the text, as `re.match` has it.
 * @throws ExpressionError with the reason (docs/compatibility.md, rule-expression-dialect).
 */
export function compileExpression(expression: string, { anchored }: { anchored: boolean }): Expression {
  if (expression.length > longestExpression) {
    throw new ExpressionError(`expected at most ${longestExpression} characters, got ${expression.length}`);
  }
  const translated = translateExpression(expression);
  const compiled = compiledText(anchored ? `\\A(?:${translated})` : translated);
  const size = compiled.programSize();
  return {
    test(text) {
      if (text.length * size > mostWork) {
        const most = Math.floor(mostWork / size);
        const message = `the text is too long for this expression: expected at most ${most} characters, got ${text.length}`;
        throw new InspectorError('invalid', message);
      }
      return compiled.test(text);
    },
  };
}

function compiledText(text: string): re2js.RE2JS {
  const { RE2JS } = require('re2js') as typeof re2js;
  try {
    return RE2JS.compile(text, RE2JS.LOOKBEHINDS);
  } catch (error) {
    throw new ExpressionError(messageOf(error).replace(/^error parsing regexp: /, ''));
  }
}
