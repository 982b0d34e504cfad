import type { Check } from './check.ts';
import { attributeOf, type Credentials } from './credentials.ts';
import { literalText } from './literal.ts';
import { PolicyError } from './policy-error.ts';

/** What checks are evaluated against. */
export interface CheckContext {
  readonly credentials: Credentials;
  /** The rule of that name, or what stands in for one that does not exist. */
  readonly ruleNamed: (name: string) => Check | undefined;
  /** Whether a remote service allows it. @throws PolicyError when it does not answer. */
  readonly askRemote: (url: string) => Promise<boolean>;
}

/**
 * Whether a check holds. Operators go from left to right and stop as soon as the outcome is known.
 *
 * @throws PolicyError when it cannot be told.
 */
export async function evaluateCheck(
  check: Check,
  on: CheckContext,
  within: readonly string[] = [],
): Promise<boolean> {
  switch (check.kind) {
    case 'always':
      return true;
    case 'never':
    case 'unclear':
      return false;
    case 'not':
      return !(await evaluateCheck(check.check, on, within));
    case 'and':
      for (const part of check.checks) if (!(await evaluateCheck(part, on, within))) return false;
      return true;
    case 'or':
      for (const part of check.checks) if (await evaluateCheck(part, on, within)) return true;
      return false;
    case 'rule':
      return evaluateRule(check.name, on, within);
    case 'role':
      return hasRole(check.name, on.credentials);
    case 'remote': {
      const url = substituted(check.url);
      if (url !== undefined) return on.askRemote(url);
      throw new PolicyError(`The policy asks ${check.url}, but nothing is known of what stands in %(...)s`);
    }
    default:
      return hasAttribute(check.left, substituted(check.right), on.credentials);
  }
}

async function evaluateRule(name: string, on: CheckContext, within: readonly string[]): Promise<boolean> {
  if (within.includes(name)) {
    throw new PolicyError(
      `The rules of the policy refer to each other in a circle: ${[...within, name].join(', ')}`,
    );
  }
  const rule = on.ruleNamed(name);
  return rule !== undefined && evaluateCheck(rule, on, [...within, name]);
}

function hasRole(name: string, credentials: Credentials): boolean {
  const wanted = substituted(name)?.toLowerCase();
  const roles = attributeOf(credentials, 'roles');
  return Array.isArray(roles) && roles.some((role) => role.toLowerCase() === wanted);
}

function hasAttribute(left: string, right: string | undefined, credentials: Credentials): boolean {
  if (right === undefined) return false;
  const literal = literalText(left);
  if (literal !== undefined) return literal === right;
  if (!/^[\p{L}_]/u.test(left)) {
    throw new PolicyError(
      `A check of the policy begins with "${left}", which is no attribute and no literal`,
    );
  }
  const value = attributeOf(credentials, left);
  if (value !== undefined) return [value].flat().some((one) => shown(one) === right);
  const [head = '', ...path] = left.split('.');
  // Attributes of who asks have no parts of their own.
  if (path.length === 0 || attributeOf(credentials, head) === undefined) return false;
  throw new PolicyError(`A check of the policy asks for "${left}", but ${head} has no parts`);
}

function shown(value: string | boolean | null): string {
  if (typeof value === 'string') return value;
  return value === null ? 'None' : value ? 'True' : 'False';
}

/**
 * The text with what the request is about in place of `%(name)s`. The service names nothing there, so that a
 * text with such a place means nothing; `%%` is a percent sign.
 */
function substituted(text: string): string | undefined {
  if (/%\([^)]*\)/.test(text)) return undefined;
  return text.replaceAll('%%', '%');
}
