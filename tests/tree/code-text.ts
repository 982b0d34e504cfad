/**
 * Reads TypeScript as far as the rules of the tree need it: what is code, what is a string and what is a
 * comment. Everything else about the language is left to the compiler and the linter.
 */
export interface CodeText {
  /** Comments are blanked; strings stand. Lines and columns stay where they were. */
  readonly withoutComments: string;
  /** Comments and the contents of strings and regular expressions are blanked. */
  readonly codeOnly: string;
}

/** After these a slash begins a regular expression, not a division. */
const beforeRegex = /(?:^|[(,=:[!&|?{};+\-*%~<>]|\b(?:return|typeof|case|in|of|await))\s*$/;

// In order: comments, strings, the pieces of a template, braces (they end a `${`), slashes, everything else.
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`|[{}]|\/|[^/'"`{}]+|['"]/g;
const restOfTemplate = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{|$)/y;
const restOfRegex = /(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y;

export function codeText(text: string): CodeText {
  let withoutComments = '';
  let codeOnly = '';
  // One entry for each open brace: whether it belongs to a `${` of a template.
  const braces: boolean[] = [];
  const keepAsString = (piece: string) => {
    withoutComments += piece;
    codeOnly += piece.length < 2 ? piece : `${piece[0]}${blanked(piece.slice(1, -1))}${piece.at(-1)}`;
  };
  const restBy = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0] ?? '';
  };
  const keepTemplate = (start: number) => {
    const piece = text[start] + restBy(restOfTemplate, start + 1);
    if (piece.endsWith('${')) braces.push(true);
    keepAsString(piece);
    return start + piece.length;
  };

  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const piece = token.exec(text)?.[0] ?? '';
    at += piece.length;
    if (piece.startsWith('//') || piece.startsWith('/*')) {
      withoutComments += blanked(piece);
      codeOnly += blanked(piece);
    } else if (piece === '`' || (piece === '}' && braces.pop() === true)) {
      at = keepTemplate(at - 1);
    } else if (piece === '/' && beforeRegex.test(codeOnly.slice(-20))) {
      const rest = restBy(restOfRegex, at);
      keepAsString(piece + rest);
      at += rest.length;
    } else if (/^['"]/.test(piece)) {
      keepAsString(piece);
    } else {
      if (piece === '{') braces.push(false);
      withoutComments += piece;
      codeOnly += piece;
    }
  }
  return { withoutComments, codeOnly };
}

function blanked(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}
