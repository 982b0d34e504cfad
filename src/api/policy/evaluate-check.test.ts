import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Credentials } from './credentials.ts';
import { type CheckContext, evaluateCheck } from './evaluate-check.ts';
import { parseCheck } from './parse-check.ts';

const credentials: Credentials = {
  user_id: 'u1',
  project_id: null,
  roles: ['Admin', 'reader'],
  is_public_api: false,
  system_scope: 'all',
};

function evaluate(text: string, on: Partial<CheckContext> = {}): Promise<boolean> {
  const rules = { yes: parseCheck('@'), loop: parseCheck('rule:pool'), pool: parseCheck('not rule:loop') };
  return evaluateCheck(parseCheck(text), {
    credentials,
    ruleNamed: (name) => (Object.hasOwn(rules, name) ? rules[name as 'yes'] : undefined),
    askRemote: async (url) => url.endsWith('/yes'),
    ...on,
  });
}

describe('evaluateCheck', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['@', true],
    ['!', false],
    ['nonsense', false],
    ['not !', true],
    ['role:admin', true],
    ['role:READER', true],
    ['role:member', false],
    ['role:%(role)s', false],
    ['role:admin and role:member', false],
    ['role:admin and role:reader', true],
    ['role:member or role:admin', true],
    ['role:member or role:other', false],
    ['rule:yes', true],
    ['rule:missing', false],
    ['user_id:u1', true],
    ['user:u1', true],
    ['tenant:None', true],
    ['project_id:None', true],
    ['is_public_api:False', true],
    ['is_public_api:True', false],
    ['system_scope:all', true],
    ['roles:Admin', true],
    ['roles:admin', false],
    ['missing:None', false],
    ['missing.part:x', false],
    ['user_id:%(user_id)s', false],
    ['user_id:u%%1', false],
    ["'a':a", true],
    ['"a":a', true],
    ['True:True', true],
    ['None:None', true],
    ['0x10:16', true],
    ['1_000:1000', true],
    ['-5:-5', true],
    ['1.0:1.0', true],
    ['1e3:1000.0', true],
    ['1e999:inf', true],
    ['1:2', false],
    ['http://host/yes', true],
    ['https://host/no', false],
  ];
  for (const [text, expected] of table) {
    it(`is ${expected} for ${text}`, async () => {
      assert.equal(await evaluate(text), expected);
    });
  }

  it('has no role without roles', async () => {
    assert.equal(await evaluate('role:admin', { credentials: {} }), false);
  });

  for (const [text, message] of [
    ['rule:loop', /in a circle: loop, pool, loop/],
    ['not user_id.name:x', /user_id has no parts/],
    ['not 9x:x', /"9x", which is no attribute and no literal/],
    ['not http://host/%(x)s', /nothing is known of what stands in/],
  ] as const) {
    it(`cannot decide ${text}`, async () => {
      await assert.rejects(evaluate(text), { name: 'PolicyError', message });
    });
  }
});
