// Shows these lines of docs/compatibility.md: policy-file-missing-warning.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { defaultsOf } from '../../config/option.ts';
import type { Credentials } from './credentials.ts';
import { defaultRules } from './default-rules.ts';
import { parseCheck } from './parse-check.ts';
import { openPolicy } from './policy.ts';
import { type PolicyOptions, policyFileOptions } from './policy-options.ts';
import { parsePolicies } from './read-policy-file.ts';

const member: Credentials = { roles: ['member'] };

function policyIn(folder: string, changes: Partial<PolicyOptions> = {}) {
  const log = recordingLogger();
  const options = { ...defaultsOf(policyFileOptions), ...changes };
  const remote = { ask: async () => false, close: async () => undefined };
  const policy = openPolicy({ options, folders: [join(folder, 'first'), folder], remote, log });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  return { policy, log, write };
}

describe('openPolicy', () => {
  it('has the defaults without a file', async () => {
    const { policy } = policyIn(temporaryFolder().path);

    assert.equal(await policy.allows('introspection:status', member), false);
    assert.equal(await policy.allows('introspection:status', { roles: ['admin'] }), true);
  });

  it('reads the main file, what it says later wins, and sees changes at once', async () => {
    const { policy, write } = policyIn(temporaryFolder().path);
    write('policy.yaml', '"introspection:status": "!"\n"introspection:status": "role:member"\n');

    const before = await policy.allows('introspection:status', member);
    write('policy.yaml', '"introspection:status": "role:other"\n');
    const after = await policy.allows('introspection:status', member);

    assert.deepEqual([before, after], [true, false]);
  });

  it('goes back to the defaults when the file is taken away', async () => {
    const { path } = temporaryFolder();
    const { policy, write } = policyIn(path);
    write('policy.yaml', '"introspection:status": "role:member"');
    await policy.allows('introspection:status', member);

    rmSync(join(path, 'policy.yaml'));

    assert.equal(await policy.allows('introspection:status', member), false);
  });

  it('takes the first folder that has the file, and falls back to policy.json with a warning', async () => {
    const { path } = temporaryFolder();
    const { policy, log, write } = policyIn(path);
    write('policy.json', '{"introspection:status": "role:member"}');

    const fromJson = await policy.allows('introspection:status', member);
    write('policy.yaml', '"introspection:status": "!"');
    const fromYaml = await policy.allows('introspection:status', member);
    mkdirSync(join(path, 'first'));
    write('first/policy.yaml', '"introspection:status": "role:member"');

    assert.deepEqual([fromJson, fromYaml], [true, false]);
    assert.equal(await policy.allows('introspection:status', member), true);
    assert.match(log.at('warning').join(), /policy.json are in JSON, which is deprecated/);
  });

  it('warns of a file that is named and not there, as the defaults may allow more', async () => {
    const { policy, log } = policyIn(temporaryFolder().path, { policy_file: '/no/policies.yaml' });

    await policy.allows('introspection:status', member);

    assert.deepEqual(log.at('warning'), [
      '[oslo_policy]policy_file: there is no file /no/policies.yaml: the defaults are in force',
    ]);
  });

  it('shows a long check that is none in part', async () => {
    const { policy, log, write } = policyIn(temporaryFolder().path);
    write('policy.yaml', `"introspection:status": "${'('.repeat(1000)}"`);

    await policy.allows('introspection:status', member);

    assert.ok((log.at('warning')[0] ?? '').length < 400);
  });

  it('does not fall back where another file is named', async () => {
    const { policy, write } = policyIn(temporaryFolder().path, { policy_file: 'other.yaml' });
    write('policy.json', '{"introspection:status": "role:member"}');

    assert.equal(await policy.allows('introspection:status', member), false);
  });

  it('reads the visible files of the directories in order over the main file, not deeper ones', async () => {
    const { path } = temporaryFolder();
    const { policy, write } = policyIn(path, { policy_file: '' });
    mkdirSync(join(path, 'policy.d', 'deep'), { recursive: true });
    write('policy.d/10.yaml', '"introspection:status": "role:member"\n"introspection:data": "role:member"');
    write('policy.d/20.yaml', '"introspection:data": "!"');
    write('policy.d/.30.yaml', '"introspection:status": "!"');
    write('policy.d/deep/40.yaml', '"introspection:status": "!"');

    assert.equal(await policy.allows('introspection:status', member), true);
    assert.equal(await policy.allows('introspection:data', member), false);
    write('policy.d/50.yaml', '"introspection:status": "!"');
    assert.equal(await policy.allows('introspection:status', member), false);
  });

  it('reads a file anew of which only the time has changed', async () => {
    const { path } = temporaryFolder();
    const { policy, log, write } = policyIn(path);
    write('policy.yaml', '"x": "@"');
    await policy.allows('introspection:status', member);
    await policy.allows('introspection:status', member);

    utimesSync(join(path, 'policy.yaml'), 1, 1);
    await policy.allows('introspection:status', member);

    assert.equal(log.at('info').length, 2);
  });

  it('uses extra rules, and the default rule for those that do not exist', async () => {
    const { policy, write } = policyIn(temporaryFolder().path, { policy_default_rule: 'mine' });
    write('policy.yaml', '"mine": "role:member"\n"introspection:status": "rule:missing"');

    assert.equal(await policy.allows('introspection:status', member), true);
  });

  it('cannot decide over a rule that nobody has', async () => {
    const { policy } = policyIn(temporaryFolder().path);

    await assert.rejects(policy.allows('other', member), { name: 'PolicyError', message: /no rule "other"/ });
  });

  for (const [what, text] of [
    ['no YAML', 'a: [b'],
    ['a list', '- a'],
    ['a text', 'text'],
    ['not UTF-8', Buffer.from([0x61, 0x3a, 0xff])],
  ] as const) {
    it(`allows nothing while a file is ${what}, and recovers`, async () => {
      const { path } = temporaryFolder();
      const { policy, write } = policyIn(path);
      writeFileSync(join(path, 'policy.yaml'), text);

      await assert.rejects(policy.allows('introspection', { is_public_api: true }), { name: 'PolicyError' });
      await assert.rejects(policy.allows('introspection', { is_public_api: true }), { name: 'PolicyError' });
      write('policy.yaml', '');

      assert.equal(await policy.allows('introspection', { is_public_api: true }), true);
    });
  }

  it('warns of what operators should look at', async () => {
    const { policy, log, write } = policyIn(temporaryFolder().path);
    write(
      'policy.yaml',
      [
        'is_admin: "role:x"',
        'introspection: "rule:public_api"',
        'a: "rule:b"',
        'b: "not rule:a"',
        'c: "rule:d"',
        'e: ',
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );

    await policy.allows('introspection', { is_public_api: true });

    const warnings = log.at('warning').join('\n');
    assert.match(warnings, /repeats the default of "introspection"/);
    assert.match(warnings, /changes "is_admin", which is deprecated/);
    assert.match(warnings, /"c" refers to the rule "d", which does not exist/);
    assert.match(warnings, /"a" refers to itself/);
    assert.match(warnings, /"b" refers to itself/);
    assert.match(warnings, /The rule "e" in .* has "null", which is no check/);
  });
});

describe('the default rules', () => {
  const reference = new URL('../../../../shared/data/policy/ironic-inspector-defaults.json', import.meta.url);

  it('are those of the original', { skip: existsSync(reference) ? false : 'the list is not here' }, () => {
    const rules = JSON.parse(readFileSync(reference, 'utf8')) as Record<
      string,
      { check: string; deprecated?: { check: string } }
    >;

    const added = ['introspection:rule:update', 'introspection:rule:dry-run'];
    const ours = defaultRules.filter(({ name }) => !name.startsWith('registry:') && !added.includes(name));

    assert.deepEqual(
      ours.map(({ name, check, formerly }) => [name, check, formerly]),
      Object.entries(rules).map(([name, { check, deprecated }]) => [name, check, deprecated?.check]),
    );
  });

  it('are all clear', () => {
    for (const { check, formerly = '' } of defaultRules) {
      assert.notEqual(parseCheck(check).kind, 'unclear');
      assert.notEqual(parseCheck(formerly).kind, 'unclear');
    }
  });
});

describe('parsePolicies', () => {
  const files = new URL('../../../../shared/data/policy/', import.meta.url);
  it('reads the files of operators alike', {
    skip: existsSync(files) ? false : 'the files are not here',
  }, () => {
    for (const name of ['sapcc-policy']) {
      const [json, yaml] = ['json', 'yaml'].map((ending) =>
        parsePolicies(readFileSync(new URL(`${name}.${ending}`, files), 'utf8'), ending),
      );
      assert.deepEqual(yaml?.rules, json?.rules);
      assert.deepEqual(yaml?.warnings, []);
    }
  });
});
