import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as yaml from 'yaml';
import { messageOf } from '../../errors/inspector-error.ts';
import { type Check, partsOf } from './check.ts';
import { parseCheck } from './parse-check.ts';
import { PolicyError } from './policy-error.ts';

/** For what is loaded with the first policy file. */
const require = createRequire(import.meta.url);

/** What a policy file says. */
export interface PolicyFileContent {
  readonly rules: ReadonlyMap<string, Check>;
  /** One line each, for what is allowed but not good. */
  readonly warnings: readonly string[];
}

/** Characters of a check in a line of the log. */
const longestShown = 200;

/** @throws PolicyError for a file that cannot be read or is no mapping of names to checks. */
export async function readPolicyFile(path: string): Promise<PolicyFileContent> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return parsePolicies(text, path);
  } catch (cause) {
    if (cause instanceof PolicyError) throw cause;
    throw new PolicyError(`Policies cannot be read from ${path}: ${firstLine(messageOf(cause))}`, { cause });
  }
}

/**
 * The rules in the text of a policy file: YAML 1.1, of which JSON is a part.
 *
 * @throws PolicyError naming `path`.
 */
export function parsePolicies(text: string, path: string): PolicyFileContent {
  const { document, isJson } = valueIn(text, path);
  if (document === null || document === undefined) return { rules: new Map(), warnings: [] };
  if (typeof document !== 'object' || Array.isArray(document)) {
    throw new PolicyError(`Policies in ${path}: expected a mapping of rules to checks`);
  }
  const rules = new Map(
    Object.entries(document).map(([name, value]): [string, Check] => [name, parseCheck(value)]),
  );
  const json = `Policies in ${path} are in JSON, which is deprecated: write them as YAML`;
  return { rules, warnings: [...(isJson ? [json] : []), ...unclearRules(rules, path)] };
}

function valueIn(text: string, path: string): { document: unknown; isJson: boolean } {
  try {
    return { document: JSON.parse(text), isJson: true };
  } catch {
    // Then it is YAML.
  }
  const { parse } = require('yaml') as typeof yaml;
  try {
    // Of keys that stand twice the original takes the last one, too; references cannot blow the document up.
    const settings = { version: '1.1', uniqueKeys: false, maxAliasCount: 100, logLevel: 'error' } as const;
    return { document: parse(text, settings), isJson: false };
  } catch (cause) {
    throw new PolicyError(`Policies in ${path} are no YAML: ${firstLine(messageOf(cause))}`, { cause });
  }
}

function unclearRules(rules: ReadonlyMap<string, Check>, path: string): string[] {
  return [...rules].flatMap(([name, check]) => {
    const unclear = partsOf(check).find((part) => part.kind === 'unclear');
    return unclear === undefined
      ? []
      : [
          `The rule "${name}" in ${path} has "${shortened(unclear.text)}", which is no check: it allows nothing`,
        ];
  });
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

/** Long enough to be found in the file. */
function shortened(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}...`;
}
