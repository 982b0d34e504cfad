import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector } from '../../../../testing/fake-inspector.ts';
import { madeUpClient } from '../../../../testing/made-up-client.ts';
import { dryRunText } from './dry-run-text.ts';
import { ruleDryRunCommand } from './rule-dry-run.ts';

const change = { by: 'rule r', on: 'node', path: '/extra/x', from: 1, to: 'a\u001b[2J' };
const node = { node: 'n1', changes: [change], rules: [], failure: null, error: null };
const gone = { node: 'n2', changes: [], rules: [], failure: 'no BMC', error: 'no data' };
const summary = { nodes: 2, would_change: 1, would_fail: 1, not_run: 0, skipped: 0 };

/** What the command makes of an answer in lines, and what it asks for. */
async function ran(lines: readonly unknown[], options: Record<string, string | boolean | string[]> = {}) {
  const asked: any[] = [];
  const api = {
    async send(request: any) {
      asked.push(JSON.parse(request.body));
      return {
        status: 200,
        headers: {},
        body: Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')),
      };
    },
  };
  const { Given } = await import('../given.ts');
  const readFile = () => Buffer.from('actions: [{action: fail, message: stop, x: 1.0}]');
  const on: any = { api: () => api, console: { readFile } };
  return { asked, outcome: (await ruleDryRunCommand.run(new Given({}, options), on)) as any };
}

describe('ironic-inspector-client introspection rule dry-run', () => {
  it('shows what would change as a diff', async () => {
    const { outcome, asked } = await ran([node, gone, { summary }]);

    assert.equal(
      outcome.account,
      'node n1\n@ node /extra/x (rule r)\n- 1\n+ a\\x1b[2J\n\n' +
        'node n2\n! would fail: no BMC\n! not worked on: no data\n\n' +
        '2 node(s): 1 would change, 1 would fail\n',
    );
    assert.deepEqual(outcome.complaints, []);
    assert.deepEqual(asked, [{}]);
  });

  it('asks for other options of hooks, by section', async () => {
    const assignments = ['processing.add_ports=all', 'pci_devices.alias={"a": "b=c"}', 'pci_devices.alias=x'];

    const { asked } = await ran([{ summary }], { '--hook-option': assignments });

    assert.deepEqual(asked, [
      { hook_options: { processing: { add_ports: 'all' }, pci_devices: { alias: ['{"a": "b=c"}', 'x'] } } },
    ]);
  });

  it('refuses an option of a hook in another form', async () => {
    for (const odd of ['add_ports=all', 'processing.add_ports', '=']) {
      await assert.rejects(ran([], { '--hook-option': [odd] }), {
        kind: 'invalid',
        message: /SECTION\.OPTION=VALUE/,
      });
    }
  });

  it('fails under --check when something would change or fail', async () => {
    const { outcome } = await ran([{ summary }], { '--check': true });
    const nothing = await ran([{ summary: { ...summary, would_change: 0, would_fail: 0 } }], {
      '--check': true,
    });

    assert.deepEqual(outcome.complaints, ['1 node(s) would change', '1 introspection(s) would fail']);
    assert.deepEqual(nothing.outcome.complaints, []);
  });

  it('fails when a node could not be worked on', async () => {
    const { outcome } = await ran([{ summary: { ...summary, not_run: 2 } }]);

    assert.deepEqual(outcome.complaints, ['2 node(s) could not be worked on']);
  });

  it('asks for the rules of a file, nodes and hooks', async () => {
    const options = { '--file': 'f', '--with-stored': true, '--node': ['a', 'b'], '--hook': ['h'] };

    const { asked } = await ran([{ summary }], options);

    assert.deepEqual(asked, [
      {
        rules: [{ actions: [{ action: 'fail', message: 'stop', x: 1 }] }],
        with_stored_rules: true,
        nodes: ['a', 'b'],
        hooks: ['h'],
      },
    ]);
  });

  it('tells that the answer broke off', async () => {
    const unavailable = (message: RegExp) => ({ kind: 'unavailable', message });

    await assert.rejects(ran([node, { error: { message: 'disk' } }]), unavailable(/broke off: disk$/));
    await assert.rejects(ran([node]), unavailable(/broke off$/));
  });

  it('shows what is removed, and leaves out nodes that stay as they are', () => {
    const removed = { ...node, changes: [{ ...change, to: null }] };

    const text = dryRunText([removed, { ...node, changes: [] }], summary);

    assert.equal(text, 'node n1\n@ node /extra/x (rule r)\n- 1\n\n2 node(s): 1 would change, 1 would fail\n');
  });
});

describe('ironic-inspector-client introspection rule update', () => {
  const setUp = async (t: TestContext, answers: Answers = {}) => {
    const service = await fakeInspector(answers);
    t.after(() => service.close());
    const client = madeUpClient(service.url);
    const file = join(client.folder, 'rule.yaml');
    writeFileSync(file, 'actions: [{action: fail, message: no}]');
    return { client, file };
  };

  it('puts the rule of a file in the place of another', async (t) => {
    const answer = { uuid: 'u', description: null, links: [], priority: 5 };
    const { client, file } = await setUp(t, { 'PUT /v1/rules/u': answer });

    const told = await client.run(`introspection rule update u ${file} --priority 5 -f json`);

    assert.deepEqual(JSON.parse(told.out), { description: null, priority: 5, uuid: 'u' });
  });

  it('refuses a file of several rules, and a priority that is none', async (t) => {
    const { client, file } = await setUp(t);
    const many = join(client.folder, 'many.yaml');
    writeFileSync(many, '[{}, {}]');

    const several = await client.run(`introspection rule update u ${many}`);
    const high = await client.run(`introspection rule update u ${file} --priority high`);

    assert.deepEqual([several.code, high.code], [1, 2]);
    assert.match(several.err, /expected one rule/);
  });
});
