import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { defaultRules } from '../../api/policy/default-rules.ts';
import { parsePolicies } from '../../api/policy/read-policy-file.ts';
import { samplePolicy, samplePolicyJson } from './sample-policy.ts';

describe('samplePolicy', () => {
  it('is the committed file; npm run genpolicy writes it', () => {
    const committed = new URL('../../../docs/reference/policy.yaml.sample', import.meta.url);

    assert.equal(readFileSync(committed, 'utf8'), samplePolicy());
  });

  it('changes nothing as it is, and has every rule without its signs of a comment', () => {
    const bare = samplePolicy().replaceAll(/^#"/gm, '"');

    assert.equal(parsePolicies(samplePolicy(), 'sample').rules.size, 0);
    assert.deepEqual(
      [...parsePolicies(bare, 'sample').rules.keys()],
      defaultRules.map(({ name }) => name),
    );
  });

  it('has description, operations, default and what was before', () => {
    const text = samplePolicy(defaultRules.filter(({ name }) => name === 'introspection:status'));

    assert.equal(
      text,
      `# See the status of introspections
# GET  /introspection
# GET  /introspection/{node_id}
# GET  /introspection-runs
# GET  /introspection-runs/{run}
# GET  /introspection-runs/{run}/nodes
#"introspection:status": "(role:reader and system_scope:all) or (role:admin) or (role:service)"

# DEPRECATED
# "introspection:status":"rule:is_admin or rule:is_observer" has been
# deprecated since W in favor of "introspection:status":"(role:reader
# and system_scope:all) or (role:admin) or (role:service)".
# System scope and the default roles take its place.

`,
    );
  });
});

describe('samplePolicyJson', () => {
  it('has every rule', () => {
    assert.deepEqual(
      Object.keys(JSON.parse(samplePolicyJson())),
      defaultRules.map(({ name }) => name),
    );
  });
});
