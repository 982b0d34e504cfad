import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpClient } from '../../../testing/made-up-client.ts';
import { madeUpConsole } from '../../../testing/made-up-console.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { main } from '../ironic-inspector.ts';
import { readYaml } from './read-yaml.ts';

const rules = `
- description: small
  conditions:
    - {op: lt, field: memory_mb, value: 1024}
  actions:
    - {action: set-attribute, path: /extra/size, value: small}
`;
const tests = `
rules_from: rules.yaml
tests:
  - name: a small machine
    data: {memory_mb: 512}
    expect:
      changes: {node: {/extra/size: small}}
  - name: a large machine
    data_from: large.json
    expect:
      rules: {small: applied}
`;

const { path: folder } = temporaryFolder();
const path = (name: string) => join(folder, name);
writeFileSync(path('rules.yaml'), rules);
writeFileSync(path('large.json'), '{"memory_mb": 4096}');
writeFileSync(path('tests.yaml'), tests);
writeFileSync(path('good.yaml'), tests.split('  - name: a large')[0] ?? '');
writeFileSync(path('broken.yaml'), 'a: [');

const report = `${path('tests.yaml')}
  ok    a small machine
  FAIL  a large machine
        rule "small": expected applied, got not-matched: memory_mb lt {"value":1024} saw 4096
2 tests, 1 failed
`;

describe('ironic-inspector rules test', () => {
  const run = async (...argv: string[]) => {
    const on = madeUpConsole(folder);
    return { code: await main(['rules', ...argv], on), ...on.said };
  };

  it('tells which tests fail and why, and fails', async () => {
    assert.deepEqual(await run('test', path('tests.yaml')), { code: 1, out: report, err: '' });
  });

  it('succeeds when all is as expected', async () => {
    const { code, out } = await run('test', path('good.yaml'));

    assert.deepEqual([code, out.split('\n').at(-2)], [0, '1 test, 0 failed']);
  });

  it('goes on after a file that cannot be used', async () => {
    const { code, out } = await run('test', path('broken.yaml'), path('missing.yaml'), path('good.yaml'));

    assert.equal(code, 1);
    assert.match(out, /broken\.yaml: expected JSON or YAML: /);
    assert.match(out, /missing\.yaml: cannot be read: /);
    assert.match(out, /3 tests, 2 failed/);
  });

  it('refuses other arguments with its help', async () => {
    assert.equal((await run()).code, 2);
    assert.equal((await run('test')).code, 2);
    assert.equal((await run('check', 'x')).code, 2);
    assert.equal((await run('--help')).code, 0);
  });
});

describe('ironic-inspector-client introspection rule test', () => {
  it('does the same without a service', async () => {
    const client = madeUpClient('http://127.0.0.1:1');

    const failed = await client.run(`introspection rule test ${path('tests.yaml')}`);
    const rows = await client.run(`introspection rule test ${path('good.yaml')} -f value -c Test -c Passed`);

    assert.deepEqual(failed, { code: 1, out: report, err: '1 of 2 failed\n' });
    assert.deepEqual(rows, { code: 0, out: 'a small machine True\n', err: '' });
  });
});

describe('reading YAML', () => {
  it('keeps 1 and 1.0 apart', async () => {
    const { value, exactNumbers } = await readYaml(
      'f',
      Buffer.from('a: [1, 1.0, 1e300, 0.5, x, null, true]'),
    );

    assert.deepEqual(value, { a: [1, 1, 1e300, 0.5, 'x', null, true] });
    assert.ok(exactNumbers !== undefined);
  });
});
