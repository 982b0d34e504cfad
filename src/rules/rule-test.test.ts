import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJson } from '../json/parse-json.ts';
import { parseRuleTests } from './parse-rule-tests.ts';
import { problemsOf } from './rule-test.ts';

const parsed = (value: unknown) => parseJson(Buffer.from(JSON.stringify(value)));
const nothingBeside = () => Promise.reject(new Error('nothing is beside'));

const small = {
  uuid: '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01',
  description: 'small',
  conditions: [{ op: 'lt', field: 'memory_mb', value: 1024 }],
  actions: [
    { action: 'set-attribute', path: '/extra/size', value: 'small' },
    { action: 'add-trait', name: 'CUSTOM_SMALL' },
  ],
};
const refusing = {
  description: 'refusing',
  conditions: [{ op: 'is-empty', field: 'data://bmc', invert: false }],
  actions: [{ action: 'fail', message: 'no BMC' }],
};

async function problems(test: Record<string, unknown>, rules: unknown[] = [small]): Promise<string[]> {
  const file = await parseRuleTests(parsed({ rules, tests: [{ name: 't', ...test }] }), nothingBeside);
  const [only] = file.tests;
  assert.ok(only !== undefined);
  return problemsOf(file.rules, only);
}

describe('a test of rules', () => {
  it('passes when all is as expected', async () => {
    const changes = { node: { '/extra/size': 'small' }, trait: { CUSTOM_SMALL: 'CUSTOM_SMALL' } };

    assert.deepEqual(
      await problems({ data: { memory_mb: 512 }, expect: { changes, rules: { small: 'applied' } } }),
      [],
    );
  });

  it('tells each change that is not as expected', async () => {
    const changes = { node: { '/extra/size': 'tiny', '/extra/other': 1 } };

    assert.deepEqual(await problems({ data: { memory_mb: 512 }, expect: { changes } }), [
      'node /extra/size: expected "tiny", got "small"',
      'node /extra/other: expected 1, but nothing changes',
      'trait CUSTOM_SMALL: expected no change, got "CUSTOM_SMALL"',
    ]);
  });

  it('starts from the node and ports that it names', async () => {
    const node = { extra: { size: 'small' } };
    const changes = { trait: { CUSTOM_SMALL: 'CUSTOM_SMALL' } };
    const ports = [{ address: '52:54:00:00:00:0A' }];

    assert.deepEqual(await problems({ data: { memory_mb: 1 }, node, ports, expect: { changes } }), []);
  });

  it('tells which condition did not hold, and what it saw', async () => {
    assert.deepEqual(await problems({ data: { memory_mb: 2048 }, expect: { rules: { small: 'applied' } } }), [
      'rule "small": expected applied, got not-matched: memory_mb lt {"value":1024} saw 2048',
    ]);
    assert.deepEqual(
      await problems({ data: {}, expect: { rules: { [small.uuid]: 'applied', x: 'applied' } } }),
      [
        `rule "${small.uuid}": expected applied, got not-matched: memory_mb lt {"value":1024} saw nothing`,
        'rule "x": expected applied, but it was not come to',
      ],
    );
    assert.deepEqual(await problems({ data: { memory_mb: 1 }, expect: { rules: { small: 'failed' } } }), [
      'rule "small": expected failed, got applied',
    ]);
  });

  it('expects failures in their words, and none otherwise', async () => {
    const none = { changes: {} };

    assert.deepEqual(await problems({ expect: { failure: 'no BMC' } }, [refusing]), []);
    assert.deepEqual(await problems({ expect: none }, [refusing]), ['expected no failure, got "no BMC"']);
    assert.deepEqual(await problems({ data: { bmc: 1 }, expect: { failure: 'no BMC' } }, [refusing]), [
      'expected the failure "no BMC", got none',
    ]);
    assert.deepEqual(await problems({ expect: { failure: 'x' } }, [refusing]), [
      'expected the failure "x", got "no BMC"',
    ]);
  });
});

describe('a file of tests', () => {
  it('may take rules and data from files beside it', async () => {
    const files: Record<string, unknown> = { 'rules.yaml': small, 'data.json': { memory_mb: 1 } };
    const content = {
      rules_from: 'rules.yaml',
      tests: [{ name: 'a', data_from: 'data.json', expect: { rules: { small: 'applied' } } }],
    };

    const { rules, tests } = await parseRuleTests(parsed(content), async (name) => parsed(files[name]));

    assert.deepEqual(
      tests.flatMap((test) => problemsOf(rules, test)),
      [],
    );
  });

  it('is refused with the place and what was expected there', async () => {
    const test = { name: 't', expect: { changes: {} } };
    const wrong: [unknown, RegExp][] = [
      [[], /^the file: expected an object, got a list$/],
      [{ rules: [], odd: 1 }, /^the file: expected no members but rules, rules_from, tests, got "odd"$/],
      [{ rules: 1 }, /^rules: expected a list, got a number$/],
      [{ rules: [1] }, /^rules\[0\]: a rule: expected an object/],
      [{ rules: [{}] }, /^rules\[0\]: Validation failed for actions/],
      [{ rules: [], rules_from: 'a' }, /^rules_from: expected either rules or rules_from, got both$/],
      [{ rules: [] }, /^tests: expected a list, got nothing$/],
      [{ rules: [], tests: [] }, /^tests: expected at least one test, got none$/],
      [{ rules: [], tests: [{ expect: { changes: {} } }] }, /^tests\[0\]\.name: expected text, got nothing$/],
      [{ rules: [], tests: [{ name: 'a', expect: {} }] }, /^tests\[0\]\.expect: expected one of changes/],
      [{ rules: [], tests: [{ ...test, expect: { changes: { disk: {} } } }] }, /got "disk"$/],
      [
        { rules: [], tests: [{ ...test, expect: { rules: { a: 'maybe' } } }] },
        /expected one of applied.*"maybe"$/,
      ],
      [{ rules: [], tests: [{ ...test, ports: [{}] }] }, /ports\[0\]\.address: expected text, got nothing$/],
    ];

    for (const [content, message] of wrong) {
      await assert.rejects(parseRuleTests(parsed(content), nothingBeside), { kind: 'invalid', message });
    }
    const both = { rules: [], tests: [{ ...test, data: {}, data_from: 'x' }] };
    await assert.rejects(
      parseRuleTests(parsed(both), async () => parsed({})),
      /either data or data_from/,
    );
  });

  it('passes on what is no fault of the file', async () => {
    const broken = { rules: [], tests: [{ name: 'a', data_from: 'x', expect: {} }] };

    await assert.rejects(parseRuleTests(parsed(broken), nothingBeside), /nothing is beside/);
  });
});
