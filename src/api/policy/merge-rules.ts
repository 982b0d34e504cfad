import { type Check, partsOf, sameCheck } from './check.ts';
import { type DefaultRule, defaultRules } from './default-rules.ts';
import { parseCheck } from './parse-check.ts';

/** The rules that are in force. */
export interface MergedRules {
  readonly rules: ReadonlyMap<string, Check>;
  /** One line each, for what operators should look at. */
  readonly warnings: readonly string[];
}

/** How rules are put together. */
export interface MergeOptions {
  readonly enforceNewDefaults: boolean;
}

/** The rules of files over the defaults; a file's rule takes the place of the default of its name. */
export function mergeRules(fromFiles: ReadonlyMap<string, Check>, options: MergeOptions): MergedRules {
  const defaults = defaultRules.map((rule): [string, Check] => [rule.name, defaultCheck(rule, options)]);
  const rules = new Map([...defaults, ...fromFiles]);
  return {
    rules,
    warnings: [...redundant(fromFiles), ...outdated(fromFiles), ...undefinedNames(rules), ...circles(rules)],
  };
}

/** What is in force where no file has the rule: the default, and unless only new ones count its former self. */
function defaultCheck(rule: DefaultRule, { enforceNewDefaults }: MergeOptions): Check {
  const check = parseCheck(rule.check);
  if (enforceNewDefaults || rule.formerly === undefined) return check;
  return { kind: 'or', checks: [check, parseCheck(rule.formerly)] };
}

/** The rule of a name, or the one that stands in for it. */
export function ruleNamed(
  rules: ReadonlyMap<string, Check>,
  name: string,
  defaultRule: string,
): Check | undefined {
  return rules.get(name) ?? rules.get(defaultRule);
}

function redundant(fromFiles: ReadonlyMap<string, Check>): string[] {
  const same = defaultRules.filter(({ name, check }) => {
    const given = fromFiles.get(name);
    return given !== undefined && sameCheck(given, parseCheck(check));
  });
  return same.map(({ name }) => `The policy file repeats the default of "${name}": remove it there`);
}

function outdated(fromFiles: ReadonlyMap<string, Check>): string[] {
  return defaultRules
    .filter(({ name, isOutdated }) => isOutdated === true && fromFiles.has(name))
    .map(
      ({ name }) =>
        `The policy file changes "${name}", which is deprecated for removal since the Wallaby release: ` +
        'system scope and the default roles take its place',
    );
}

function undefinedNames(rules: ReadonlyMap<string, Check>): string[] {
  return [...rules].flatMap(([name, check]) =>
    namesIn(check)
      .filter((wanted) => !rules.has(wanted))
      .map((wanted) => `The rule "${name}" refers to the rule "${wanted}", which does not exist`),
  );
}

function circles(rules: ReadonlyMap<string, Check>): string[] {
  return [...rules.keys()]
    .filter((name) => reaches(name, name, rules))
    .map((name) => `The rule "${name}" refers to itself, by way of others or not: it cannot be decided`);
}

function reaches(from: string, wanted: string, rules: ReadonlyMap<string, Check>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const check = rules.get(name);
    for (const next of check === undefined ? [] : namesIn(check)) {
      if (next === wanted) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}

function namesIn(check: Check): string[] {
  return partsOf(check).flatMap((part) => (part.kind === 'rule' ? [part.name] : []));
}
