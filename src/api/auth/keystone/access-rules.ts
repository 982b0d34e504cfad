import { parseTarget } from '../../request-target.ts';
import type { AccessRequest } from '../access.ts';
import type { AccessRule } from './token-document.ts';

/** Whether an application credential that is confined to these rules is good for a request to this service. */
export function accessRulesAllow(
  rules: readonly AccessRule[],
  { method, target }: Pick<AccessRequest, 'method' | 'target'>,
  serviceType: string,
): boolean {
  const path = `/${parseTarget(target).segments.join('/')}`;
  return rules.some(
    (rule) => rule.service === serviceType && rule.method === method && matchesPath(rule.path, path),
  );
}

/**
 * Whether a path is as a rule has it: `*` and `{name}` stand for one segment, `**` for anything. Users write
 * rules, so that it takes no more than the product of both lengths, where a regular expression may take for ever.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.match(/\{[^{}]*\}|\*\*|\*|[^{}*]+|[{}]/g) ?? [];
  // reached[n]: the pattern so far may stand for the first n characters.
  let reached = Array.from({ length: path.length + 1 }, (_, index) => index === 0);
  for (const part of parts) reached = step(reached, part, path);
  return reached[path.length] === true;
}

function step(reached: readonly boolean[], part: string, path: string): boolean[] {
  const next = reached.map(() => false);
  const isSegment = part === '*' || (part.startsWith('{') && part !== '{');
  for (let at = 0; at <= path.length; at++) {
    if (part === '**') next[at] = reached[at] === true || next[at - 1] === true;
    else if (isSegment) {
      next[at] = at > 0 && path[at - 1] !== '/' && (reached[at - 1] === true || next[at - 1] === true);
    } else if (reached[at] === true && path.startsWith(part, at)) next[at + part.length] = true;
  }
  return next;
}
