import { type Check, partsOf } from './check.ts';
import { simpleCheck, type Token, tokenize } from './tokenize.ts';

/**
 * What stands behind a rule's name in a policy file: a check string, or lists of them, the outer one joined by
 * `or` and the inner ones by `and`. It never throws: what it cannot read allows nothing. That holds for values
 * of other types, too, of which the original takes the empty ones for "always"
 * (docs/compatibility.md, policy-value-not-a-check).
 */
export function parseCheck(value: unknown): Check {
  if (typeof value === 'string') return parseText(value);
  if (Array.isArray(value)) return parseList(value);
  return { kind: 'unclear', text: JSON.stringify(value) ?? String(value) };
}

function parseList(outer: readonly unknown[]): Check {
  if (outer.length === 0) return { kind: 'always' };
  const alternatives = outer
    .filter((inner) => inner !== '' && !(Array.isArray(inner) && inner.length === 0))
    .map((inner) => joined('and', (Array.isArray(inner) ? inner : [inner]).map(listedCheck)));
  return alternatives.length === 0 ? { kind: 'never' } : joined('or', alternatives);
}

/** Lists hold single checks: blanks and operators mean nothing in them. */
function listedCheck(value: unknown): Check {
  return typeof value === 'string'
    ? simpleCheck(value)
    : { kind: 'unclear', text: JSON.stringify(value) ?? '' };
}

/** Parentheses and `not` in one check; what goes deeper than any stack allows nothing. */
const mostNested = 1000;

function parseText(text: string): Check {
  if (text === '') return { kind: 'always' };
  const tokens = tokenize(text).toReversed();
  const nested = tokens.filter(({ kind }) => kind === 'open' || kind === 'not');
  if (nested.length > mostNested) return { kind: 'unclear', text };
  const check = expression(tokens);
  return check === undefined || tokens.length > 0 ? { kind: 'unclear', text } : check;
}

/** Of tokens in reverse order. `undefined`: no expression stands there. */
function expression(tokens: Token[]): Check | undefined {
  return operation('or', tokens, () => operation('and', tokens, () => operand(tokens)));
}

function operation(kind: 'and' | 'or', tokens: Token[], next: () => Check | undefined): Check | undefined {
  const checks: Check[] = [];
  do {
    const check = next();
    if (check === undefined) return undefined;
    checks.push(check);
  } while (takes(tokens, kind));
  return joined(kind, checks);
}

function operand(tokens: Token[]): Check | undefined {
  const token = tokens.pop();
  if (token?.kind === 'check') return token.check;
  if (token?.kind === 'not') {
    const check = operand(tokens);
    return check && negated(check);
  }
  if (token?.kind !== 'open') return undefined;
  const check = expression(tokens);
  return takes(tokens, 'close') ? check : undefined;
}

/** The opposite of what cannot be understood is not everything (docs/compatibility.md, policy-not-nonsense). */
function negated(check: Check): Check {
  const unclear = partsOf(check).find(({ kind }) => kind === 'unclear');
  return unclear ?? { kind: 'not', check };
}

function takes(tokens: Token[], kind: Token['kind']): boolean {
  if (tokens.at(-1)?.kind !== kind) return false;
  tokens.pop();
  return true;
}

function joined(kind: 'and' | 'or', checks: readonly Check[]): Check {
  const [first, ...others] = checks;
  return first !== undefined && others.length === 0 ? first : { kind, checks };
}
