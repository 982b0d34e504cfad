import { join, resolve } from 'node:path';
import type { ConfigurationSurroundings } from '../configuration-of.ts';
import { type Finding, results } from './upgrade-check.ts';

/** Where a policy file may lie. */
export interface PolicySearch extends Pick<ConfigurationSurroundings, 'exists' | 'readFile'> {
  /** `[oslo_policy]policy_file`. */
  readonly policyFile: string;
  /** Looked into in turn for a name that is no absolute path. */
  readonly folders: readonly string[];
}

const remedy =
  'Your policy file is JSON-formatted which is deprecated. You need to switch to YAML-formatted file. Use the ' +
  '``oslopolicy-convert-json-to-yaml`` tool to convert the existing JSON-formatted files to YAML in a ' +
  'backwards-compatible manner: ' +
  'https://docs.openstack.org/oslo.policy/latest/cli/oslopolicy-convert-json-to-yaml.html.';

/**
 * Whether the policies are in a JSON file, whatever it is called. The service falls back to `policy.json` where
 * `policy.yaml` is missing, so that one counts, too (docs/compatibility.md, status-policy-fallback).
 */
export function checkPolicyFile(search: PolicySearch): Finding {
  const name = search.policyFile;
  const file = found(name, search) ?? (name === 'policy.yaml' ? found('policy.json', search) : undefined);
  const isBad = file !== undefined && isJson(file, search);
  return {
    check: 'Policy File JSON to YAML Migration',
    result: isBad ? results.failure : results.success,
    details: isBad ? remedy : null,
  };
}

function found(name: string, { folders, exists }: PolicySearch): string | undefined {
  return folders
    .map((folder) => (name.startsWith('/') ? resolve(name) : join(folder, name)))
    .find((path) => exists(path));
}

function isJson(path: string, { readFile }: PolicySearch): boolean {
  const text = readFile(path).toString();
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
