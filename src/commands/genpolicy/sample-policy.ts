import { type DefaultRule, defaultRules } from '../../api/policy/default-rules.ts';
import { wrapText } from '../status/wrap-text.ts';

const reason = 'System scope and the default roles take its place.';

/** Characters of a line. */
const width = 70;

/**
 * A policy file in which every rule stands with its default, its description and what it decides, all commented
 * out: the form of `oslopolicy-sample-generator`.
 */
export function samplePolicy(rules: readonly DefaultRule[] = defaultRules): string {
  return rules.map((rule) => `${linesOf(rule).join('\n')}\n\n`).join('');
}

/** The rules and their defaults as one JSON object. */
export function samplePolicyJson(rules: readonly DefaultRule[] = defaultRules): string {
  return `${JSON.stringify(Object.fromEntries(rules.map(({ name, check }) => [name, check])), null, 4)}\n`;
}

function linesOf(rule: DefaultRule): string[] {
  const { name, check, description, operations = [], formerly, isOutdated } = rule;
  return [
    ...(isOutdated === true
      ? ['# DEPRECATED', ...comment(`"${name}" has been deprecated since W.`), ...comment(reason)]
      : []),
    ...comment(description),
    ...operations.map((operation) => `# ${operation.replace(' ', '  ')}`),
    `#"${name}": "${check}"`,
    ...(formerly === undefined
      ? []
      : ['', '# DEPRECATED', ...comment(formerText(rule, formerly)), ...comment(reason)]),
  ];
}

function formerText({ name, check }: DefaultRule, formerly: string): string {
  return `"${name}":"${formerly}" has been deprecated since W in favor of "${name}":"${check}".`;
}

function comment(text: string): string[] {
  return wrapText(text, width - 2, '').map((line) => `# ${line}`);
}
