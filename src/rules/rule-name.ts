import type { RuleSummary } from './rule.ts';

/** UTF-16 units of a description. */
const longestDescription = 100;

/** How logs name a rule: by its description, or by its UUID where it has none. */
export function ruleName({ uuid, description }: RuleSummary): string {
  if (description === null || description === '') return uuid;
  const isLong = description.length > longestDescription;
  return isLong ? `${description.slice(0, longestDescription).toWellFormed()}...` : description;
}

/** How errors name a rule: by its UUID, with which it can be looked at, and its description. */
export function ruleReference(rule: RuleSummary): string {
  const name = ruleName(rule);
  return name === rule.uuid ? `Rule ${rule.uuid}` : `Rule ${rule.uuid} "${name}"`;
}
