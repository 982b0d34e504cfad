import { pathError } from './path-error.ts';
import type { PathExpression } from './path-expression.ts';
import { type PathToken, tokenize } from './tokenize.ts';

/** UTF-16 units; the longest paths in use have about a hundred. */
const longestPath = 1024;

/** How tightly operators bind; `[...]` behind an expression binds least, so it belongs to all before it. */
const bindings: Readonly<Record<string, number>> = { DOUBLEDOT: 1, '.': 2, '|': 3, WHERE: 4 };

const binaryKinds = { DOUBLEDOT: 'descendants', '.': 'child', '|': 'union', WHERE: 'where' } as const;

/**
 * Parses the path of a field, in the dialect of the library that the original uses (jsonpath-rw): names,
 * `[1]`, `[*]`, `[1:2]`, `..`, unions of names, `|`, `where`, `$`, `` `this` ``, `` `parent` ``.
 *
 * @throws InspectorError `invalid` with the original's sentence where it has one; for a path that ends too
 *   early, `&`, and a path of more than 1,024 characters with our own (docs/compatibility.md, rule-field-path).
 */
export function parsePath(path: string): PathExpression {
  if (path.length > longestPath) {
    throw pathError(`expected at most ${longestPath} characters, got ${path.length}`);
  }
  const tokens = new Tokens(path);
  const expression = parseExpression(tokens, 0);
  if (tokens.next !== undefined) throw tokens.refused();
  return expression;
}

/** The path's tokens with a look at the one that comes next. */
class Tokens {
  readonly #tokens: Generator<PathToken, void>;
  next: PathToken | undefined;

  constructor(path: string) {
    this.#tokens = tokenize(path);
    this.#advance();
  }

  take(): PathToken {
    const token = this.next;
    if (token === undefined) throw this.refused();
    this.#advance();
    return token;
  }

  /** @throws InspectorError `invalid` when something else comes next. */
  expect(type: PathToken['type']): PathToken {
    if (this.next?.type !== type) throw this.refused();
    return this.take();
  }

  /** What comes next cannot come here. */
  refused(): Error {
    const token = this.next;
    if (token === undefined) return pathError('Parse error: the path ends where more is expected');
    const place = `${token.line}:${token.column}`;
    return pathError(`Parse error at ${place} near token ${token.value} (${token.type})`);
  }

  #advance(): void {
    const { value, done } = this.#tokens.next();
    this.next = done === true ? undefined : value;
  }
}

/** Operators of the same tightness group from the left. */
function parseExpression(tokens: Tokens, tightness: number): PathExpression {
  let left = parseOperand(tokens);
  for (;;) {
    const type = tokens.next?.type;
    if (type === '[' && tightness === 0) {
      left = { kind: 'child', left, right: parseBrackets(tokens) };
    } else if (type === '&') {
      throw pathError('the operator & is not supported');
    } else if (type === 'DOUBLEDOT' || type === '.' || type === '|' || type === 'WHERE') {
      const binding = bindings[type] ?? 0;
      if (binding < tightness) return left;
      tokens.take();
      left = { kind: binaryKinds[type], left, right: parseExpression(tokens, binding + 1) };
    } else return left;
  }
}

function parseOperand(tokens: Tokens): PathExpression {
  switch (tokens.next?.type) {
    case 'ID':
      return parseNames(tokens);
    case '*':
      tokens.take();
      return { kind: 'fields', names: ['*'] };
    case '$':
      tokens.take();
      return { kind: 'root' };
    case '[':
      return parseBrackets(tokens);
    case '(': {
      tokens.take();
      const inner = parseExpression(tokens, 0);
      tokens.expect(')');
      return inner;
    }
    case 'NAMED_OPERATOR':
      return parseNamedOperator(tokens);
    default:
      throw tokens.refused();
  }
}

function parseNamedOperator(tokens: Tokens): PathExpression {
  const token = tokens.next;
  if (token?.value === 'this' || token?.value === 'parent') {
    tokens.take();
    return { kind: token.value };
  }
  throw pathError(`Unknown named operator \`${token?.value}\` at ${token?.line}:${token?.offset}`);
}

function parseNames(tokens: Tokens): PathExpression {
  const names = [tokens.expect('ID').value];
  while (tokens.next?.type === ',') {
    tokens.take();
    names.push(tokens.expect('ID').value);
  }
  return { kind: 'fields', names };
}

/** `[1]`, `[*]`, `[1:2]`, `[name, "other name"]` */
function parseBrackets(tokens: Tokens): PathExpression {
  tokens.expect('[');
  const inner = parseWithinBrackets(tokens);
  tokens.expect(']');
  return inner;
}

function parseWithinBrackets(tokens: Tokens): PathExpression {
  const type = tokens.next?.type;
  if (type === 'ID') return parseNames(tokens);
  if (type === '*') {
    tokens.take();
    return { kind: 'slice', start: null, end: null };
  }
  const start = maybeNumber(tokens);
  if (start !== null && tokens.next?.type !== ':') return { kind: 'index', index: start };
  tokens.expect(':');
  return { kind: 'slice', start, end: maybeNumber(tokens) };
}

function maybeNumber(tokens: Tokens): number | null {
  return tokens.next?.type === 'NUMBER' ? Number(tokens.take().value) : null;
}
