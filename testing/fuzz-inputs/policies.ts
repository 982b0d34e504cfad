import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { partsOf } from '../../src/api/policy/check.ts';
import { mergeRules } from '../../src/api/policy/merge-rules.ts';
import { parseCheck } from '../../src/api/policy/parse-check.ts';
import { PolicyError } from '../../src/api/policy/policy-error.ts';
import { parsePolicies } from '../../src/api/policy/read-policy-file.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** The text of a policy file; it is read as one check string as well. */
export const policies: FuzzTarget = {
  name: 'policies',
  words: [
    'rule:',
    'role:',
    'http:',
    ' and ',
    ' or ',
    'not ',
    '(',
    ')',
    '@',
    '!',
    "'a':%(user_id)s",
    'is_admin:True',
    '": "',
    '\n- ',
    '&a ',
    '*a',
    '!!binary ',
    '<<: ',
  ],
  seeds: [
    '"introspection:status": "role:reader and (system_scope:all or not project_id:%(x)s)"\n"a": "rule:b"\n"b": "rule:a"\n',
    '{"admin": [["role:admin", "@"], "!"], "b": []}',
    'a: &x "role:a"\nb: *x\nc: !!str 5\n? d\n: {}\n',
    '('.repeat(20_000),
    "('a':'a' or None:%(x)s) and not 0x10:16",
  ],
  run(input) {
    const text = input.toString('latin1');
    const check = parseCheck(text);
    assert.ok(isDeepStrictEqual(partsOf(check)[0], check));
    try {
      const { rules } = parsePolicies(text, '/etc/policy.yaml');
      for (const enforceNewDefaults of [true, false]) mergeRules(rules, { enforceNewDefaults });
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
    }
  },
};
