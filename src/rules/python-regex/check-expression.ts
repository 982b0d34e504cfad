import { InspectorError, messageOf } from '../../errors/inspector-error.ts';

/** UTF-16 units; real ones have about a hundred. */
const longestExpression = 4096;

/** How Python writes what JavaScript writes otherwise. Flags may stand at the beginning only. */
const spellings: Readonly<Record<string, string>> = {
  '(?P<': '(?<',
  '\\A': '^',
  '\\Z': '$',
};

/**
 * Checks the syntax of a regular expression as Python writes them: named groups are `(?P<name>...)`, `\A` and
 * `\Z` are the ends of the text, `(?i)` at the beginning sets flags.
 *
 * @throws InspectorError `invalid` with the reason: for what is no expression, and for one of more than 4,096
 *   characters (docs/compatibility.md, rule-expression-reasons).
 */
export function checkExpression(expression: string): void {
  if (expression.length > longestExpression) {
    throw invalid(`expected at most ${longestExpression} characters, got ${expression.length}`);
  }
  compiled(translated(expression.replace(/^\(\?[aiLmsux]+\)/, '')));
}

/** Never run: what runs expressions of others has to take linear time. */
function compiled(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw invalid(messageOf(error).replace(/^Invalid regular expression: \/.*\/\w*: /s, ''));
  }
}

function translated(expression: string): string {
  const pieces = /\\[^]|\(\?P<|\(\?P=(?<name>\w+)\)|[^]/g;
  return expression.replace(pieces, (piece, name: string | undefined) => {
    if (name !== undefined) return `\\k<${name}>`;
    return Object.hasOwn(spellings, piece) ? (spellings[piece] ?? piece) : piece;
  });
}

function invalid(reason: string): InspectorError {
  return new InspectorError('invalid', `invalid regular expression: ${reason}`);
}
