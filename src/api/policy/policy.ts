import type { Logger } from '../../logging/logger.ts';
import type { Check } from './check.ts';
import type { Credentials } from './credentials.ts';
import { evaluateCheck } from './evaluate-check.ts';
import { findPolicyFiles, type PolicyFile } from './find-policy-files.ts';
import { mergeRules, ruleNamed } from './merge-rules.ts';
import { PolicyError } from './policy-error.ts';
import { type PolicyOptions, policyFileOptions } from './policy-options.ts';
import { readPolicyFile } from './read-policy-file.ts';
import type { RemoteChecks } from './remote-check.ts';

/** Decides who may do what. */
export interface Policy {
  /** @throws PolicyError when it cannot be told; nothing is allowed then. */
  allows(rule: string, credentials: Credentials): Promise<boolean>;
}

/** What a policy is made from. */
export interface PolicyParts {
  readonly options: PolicyOptions;
  /** Where relative names of files are looked for, in turn. */
  readonly folders: readonly string[];
  readonly remote: RemoteChecks;
  readonly log: Logger;
}

/**
 * The policy that the defaults and the operator's files make. The files are looked at with every decision, so
 * that a change takes effect at once; they are read when they have changed.
 */
export function openPolicy({ options, folders, remote, log }: PolicyParts): Policy {
  const load = loader(options, folders, log);
  return {
    async allows(rule, credentials) {
      const rules = await load();
      const check = rules.get(rule);
      if (check === undefined) throw new PolicyError(`The policy has no rule "${rule}"`);
      return evaluateCheck(check, {
        credentials,
        ruleNamed: (name) => ruleNamed(rules, name, options.policy_default_rule),
        askRemote: (url) => remote.ask(url, rule, credentials),
      });
    },
  };
}

interface Loaded {
  readonly state: string;
  readonly rules: Promise<ReadonlyMap<string, Check>>;
}

/** What could not be read is read anew with the next decision, as the reason may have passed. */
function loader(options: PolicyOptions, folders: readonly string[], log: Logger) {
  let loaded: Loaded | undefined;
  return async () => {
    const files = await findPolicyFiles({ options, folders });
    const state = JSON.stringify(files);
    if (loaded?.state === state) return loaded.rules;
    const fresh: Loaded = { state, rules: read(files, options, log) };
    loaded = fresh;
    try {
      return await fresh.rules;
    } catch (error) {
      if (loaded === fresh) loaded = undefined;
      throw error;
    }
  };
}

async function read(
  files: readonly PolicyFile[],
  options: PolicyOptions,
  log: Logger,
): Promise<ReadonlyMap<string, Check>> {
  const contents = await Promise.all(files.map(({ path }) => readPolicyFile(path)));
  const merged = mergeRules(new Map(contents.flatMap(({ rules }) => [...rules])), {
    enforceNewDefaults: options.enforce_new_defaults,
  });
  for (const { path } of files) log.info(`Policies are read from ${path}`);
  for (const warning of [
    ...missingFile(options, files),
    ...contents.flatMap((content) => content.warnings),
    ...merged.warnings,
  ]) {
    log.warning(warning);
  }
  return merged.rules;
}

/** No fault, as in the original; but an operator who names a file wants more than the defaults. */
function missingFile({ policy_file: name }: PolicyOptions, files: readonly PolicyFile[]): string[] {
  const isThere = files.some(({ path }) => path === name || path.endsWith(`/${name}`));
  if (isThere || name === '' || name === policyFileOptions.options.policy_file.default) return [];
  return [`[oslo_policy]policy_file: there is no file ${name}: the defaults are in force`];
}
