// Shows these lines of docs/compatibility.md: client-newest-version, client-starts-all, client-lists-all,
// client-dots-refused, client-waits-through-outages, client-escapes-terminal.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Answers, fakeInspector, inOrder, refusal } from '../../testing/fake-inspector.ts';
import { type MadeUpClient, madeUpClient } from '../../testing/made-up-client.ts';
import type { ClientConsole } from './client/client-console.ts';
import { packageVersion } from './package-version.ts';

async function setUp(t: TestContext, answers: Answers, changes: Partial<ClientConsole> = {}) {
  const service = await fakeInspector(answers);
  t.after(() => service.close());
  return { service, client: madeUpClient(service.url, changes) };
}

const waiting = { state: 'waiting', finished: false, error: null };
const finished = { state: 'finished', finished: true, error: null };
const failed = { state: 'error', finished: true, error: 'Introspection timeout' };

describe('ironic-inspector-client introspection start', () => {
  it('starts each node once and shows nothing', async (t) => {
    const { service, client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'POST /v1/introspection/b%2Fc': 202,
    });

    const ended = await client.run('introspection start a b/c a');

    assert.deepEqual(ended, { code: 0, out: '\n', err: '' });
    assert.deepEqual([...service.lines()].sort(), [
      'POST /v1/introspection/a',
      'POST /v1/introspection/b%2Fc',
    ]);
  });

  it('starts the others where one is refused, and fails', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': refusal(409, 'Node is locked,\n please, retry later'),
      'POST /v1/introspection/b': 202,
    });

    const one = await client.run('start a -f json');
    const both = await client.run('start a b -f json');

    assert.deepEqual(one, { code: 1, out: '[]\n', err: 'Node is locked, please, retry later\n' });
    assert.deepEqual([both.code, both.err], [1, 'a: Node is locked, please, retry later\n']);
  });

  it('waits, asking less often while nothing changes, and tells of changes', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'POST /v1/introspection/b': 202,
      'GET /v1/introspection/a': inOrder(
        waiting,
        waiting,
        waiting,
        waiting,
        waiting,
        waiting,
        waiting,
        waiting,
        finished,
      ),
      'GET /v1/introspection/b': inOrder(waiting, failed),
    });

    const ended = await client.run('start a b --wait -f csv');

    assert.equal(ended.code, 0);
    assert.equal(ended.out, '"UUID","Error"\n"a",""\n"b","Introspection timeout"\n');
    assert.equal(
      ended.err,
      'Waiting for introspection to finish...\na: waiting (0:00)\nb: waiting (0:00)\nb: error (0:01)\na: finished (0:31)\n',
    );
    assert.deepEqual(client.waits, [1000, 1000, 1500, 2250, 3375, 5062.5, 7593.75, 10_000]);
  });

  it('keeps one line at a terminal', async (t) => {
    const { client } = await setUp(
      t,
      { 'POST /v1/introspection/a': 202, 'GET /v1/introspection/a': inOrder(waiting, finished) },
      { errorColumns: 16 },
    );

    const { err } = await client.run('start a --wait');

    assert.equal(
      err,
      'Waiting for introspection to finish...\n\r\u001b[K0:00 a: waiting\r\u001b[K0:01 a: finish…\r\u001b[K',
    );
  });

  it('fails with --check-errors where one has failed', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'GET /v1/introspection/a': failed,
    });

    const ended = await client.run('start a --wait --check-errors');

    assert.deepEqual([ended.code, ended.out], [1, '']);
    assert.match(ended.err, /\nIntrospection failed for some nodes: a \(Introspection timeout\)\n$/);
  });

  it('gives up after --timeout', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'GET /v1/introspection/a': waiting,
    });

    const ended = await client.run('start a --wait --timeout 4');

    assert.equal(ended.code, 1);
    assert.match(ended.err, /\nTimeout while waiting for introspection of a; it goes on in the service\n$/);
    assert.equal(client.console.elapsed(), 4000);
  });

  it('goes on waiting while the service is away', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'GET /v1/introspection/a': inOrder(
        ...Array(4).fill(refusal(503, 'Not now')),
        { finished: false },
        { finished: true },
      ),
    });

    const ended = await client.run('start a --wait');

    assert.equal(ended.code, 0);
    assert.match(ended.err, /a: no answer, asking again \(Not now\).*\na: in progress .*\na: finished/);
  });

  it('ends where the node is forgotten', async (t) => {
    const { client } = await setUp(t, {
      'POST /v1/introspection/a': 202,
      'GET /v1/introspection/a': refusal(404, 'Could not find node a in cache'),
    });

    const ended = await client.run('start a --wait');

    assert.equal(ended.code, 1);
    assert.match(ended.err, /\nCould not find node a in cache\n$/);
  });

  it('refuses options that need --wait, and times that are none', async (t) => {
    const { service, client } = await setUp(t, {});

    const ends = [
      await client.run('start a --check-errors'),
      await client.run('start a --timeout 5'),
      await client.run('start a --wait --timeout soon'),
    ];

    assert.deepEqual(
      ends.map(({ code, err }) => [code, err.split('\n')[0]]),
      [
        [2, 'error: --check-errors can only be used with --wait'],
        [2, 'error: --timeout can only be used with --wait'],
        [2, 'error: --timeout: expected a number of seconds above 0, got soon'],
      ],
    );
    assert.deepEqual(service.lines(), []);
  });

  it('ends at Ctrl-C', async (t) => {
    const { client } = await setUp(
      t,
      { 'POST /v1/introspection/a': 202, 'GET /v1/introspection/a': waiting },
      {
        wait: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('aborted')));
            setImmediate(() => client.console.signals.emit('SIGINT'));
          }),
      },
    );

    const ended = await client.run('start a --wait');

    assert.equal(ended.code, 130);
    assert.match(ended.err, /\nInterrupted; what was begun goes on in the service\n$/);
    assert.equal(client.console.signals.listenerCount('SIGINT'), 0);
  });
});

describe('ironic-inspector-client introspection start of many nodes', () => {
  it('starts no more of them after Ctrl-C', async (t) => {
    const nodes = Array.from({ length: 20 }, (_, number) => `n${number}`);
    const interrupting = {
      get 'POST /v1/introspection/n0'() {
        client.console.signals.emit('SIGINT');
        return 202;
      },
    };
    const { service, client } = await setUp(t, interrupting);

    const ended = await client.run(`start ${nodes.join(' ')}`);

    assert.equal(ended.code, 130);
    assert.ok(service.lines().length <= 8, service.lines().join());
  });
});

describe('ironic-inspector-client introspection', () => {
  const uuid = 'u-1';
  const status = {
    uuid,
    error: null,
    finished: true,
    links: [],
    finished_at: 'f',
    started_at: 's',
    state: 'finished',
  };

  it('shows a status as a table', async (t) => {
    const { client } = await setUp(t, { [`GET /v1/introspection/${uuid}`]: status });

    const { out } = await client.run(`introspection status ${uuid} -c uuid -c finished -c error`);

    assert.equal(
      out,
      '+----------+-------+\n| Field    | Value |\n+----------+-------+\n| error    | None  |\n' +
        '| finished | True  |\n| uuid     | u-1   |\n+----------+-------+\n',
    );
  });

  it('shows a status in the other formats', async (t) => {
    const { client } = await setUp(t, {
      [`GET /v1/introspection/${uuid}`]: { ...status, error: 'a "$(b)"' },
    });
    const show = async (format: string) => (await client.run(`status u-1 -c uuid -c error -f ${format}`)).out;

    assert.equal(await show('json'), '{\n  "error": "a \\"$(b)\\"",\n  "uuid": "u-1"\n}\n');
    assert.equal(await show('json --noindent'), '{"error": "a \\"$(b)\\"", "uuid": "u-1"}\n');
    assert.equal(await show('yaml'), 'error: a "$(b)"\nuuid: u-1\n');
    assert.equal(await show('value'), 'a "$(b)"\nu-1\n');
    assert.equal(await show('csv --quote minimal'), 'error,uuid\n"a ""$(b)""",u-1\n');
    assert.equal(await show('shell'), 'error="a \\"\\$(b)\\""\nuuid="u-1"\n');
  });

  it('lists page after page', async (t) => {
    const page = (...uuids: string[]) => ({ introspection: uuids.map((one) => ({ ...status, uuid: one })) });
    const { service, client } = await setUp(t, {
      'GET /v1/introspection': page('a', 'b'),
      'GET /v1/introspection?marker=b': page('c'),
      'GET /v1/introspection?marker=c': page(),
      'GET /v1/introspection?marker=a&limit=1&state=error%2Cwaiting': page('b'),
    });

    const all = await client.run('introspection list -f value --sort-column UUID --sort-descending -c UUID');
    const some = await client.run('list --marker a --limit 1 --state error --state waiting --long -f json');

    assert.equal(all.out, 'c\nb\na\n');
    assert.deepEqual(JSON.parse(some.out), [
      { UUID: 'b', 'Started at': 's', 'Finished at': 'f', Error: null, State: 'finished' },
    ]);
    assert.equal(service.lines().length, 4);
  });

  it('refuses a limit that is none, and columns that do not exist', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection': { introspection: [] } });

    const limit = await client.run('list --limit many');
    const column = await client.run('list -c X');
    const width = await client.run('list --print-empty --max-width wide');

    assert.deepEqual(
      [limit.code, limit.err.split('\n')[0]],
      [2, 'error: --limit: expected a number, got many'],
    );
    assert.deepEqual(
      [column.code, column.err],
      [
        1,
        "No recognized column names in ['X']. Recognized columns are ('UUID', 'Started at', 'Finished at', 'Error').\n",
      ],
    );
    assert.equal(width.code, 2);
  });

  it('shows the heads of an empty table where asked to', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection': { introspection: [] } });

    const { out } = await client.run('list --print-empty -c UUID --sort-column UUID --sort-column Nothing');

    assert.equal(out, '+------+\n| UUID |\n+------+\n+------+\n');
  });

  it('aborts and reprocesses', async (t) => {
    const { service, client } = await setUp(t, {
      'POST /v1/introspection/a/abort': 202,
      'POST /v1/introspection/a/data/unprocessed': 202,
    });
    const file = join(client.folder, 'data.json');
    writeFileSync(file, '{"size": 1.0}');

    const ends = [
      await client.run('abort a'),
      await client.run('reprocess a'),
      await client.run(`reprocess a --data ${file}`),
    ];

    assert.deepEqual(
      ends.map(({ code, out, err }) => `${code}${out}${err}`),
      ['0', '0', '0'],
    );
    assert.deepEqual(
      service.requests.map(({ body }) => body),
      ['', '', '{"size": 1.0}'],
    );
  });

  it('refuses data that is none before it is sent', async (t) => {
    const { service, client } = await setUp(t, {});
    writeFileSync(join(client.folder, 'list'), '[]');

    const list = await client.run(`reprocess a --data ${client.folder}/list`);
    const nothing = await client.run('reprocess a --data /nowhere/x');

    assert.match(list.err, /^Invalid data: expected a JSON object, got list\n$/);
    assert.match(nothing.err, /^\/nowhere\/x: cannot be read: ENOENT/);
    assert.deepEqual([list.code, nothing.code, service.lines().length], [1, 1, 0]);
  });

  it('prints data as the stock client does, numbers as they were written', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection/a/data': '{"b":1.0,"a":"\u00e4"}' });
    const atTerminal = madeUpClient(client.console.environment['INSPECTOR_URL'], { isAtTerminal: true });

    const { out } = await client.run('data save a');
    const there = await atTerminal.run('data save a');

    assert.equal(out, '{"b": 1.0, "a": "\\u00e4"}');
    assert.equal(there.out, `${out}\n`);
  });

  it('saves data as it is sent', async (t) => {
    const written: [string, string][] = [];
    const { client } = await setUp(
      t,
      { 'GET /v1/introspection/a/data/unprocessed': '{"b":1.0}' },
      { writeFile: (path, content) => void written.push([path, content.toString()]) },
    );
    const full = madeUpClient(client.console.environment['INSPECTOR_URL']);

    const ended = await client.run('data save a --unprocessed --file x.json');
    const refused = await full.run('data save a --unprocessed --file x.json');

    assert.deepEqual([ended.code, ended.out, written], [0, '', [['x.json', '{"b":1.0}']]]);
    assert.deepEqual(
      [refused.code, refused.err],
      [1, 'x.json: cannot be written: nothing is to be written\n'],
    );
  });

  it('tells of changes, by who made them', async (t) => {
    const changes = [
      { by: 'hook scheduler', on: 'node', path: '/properties/cpus', from: null, to: '48' },
      { by: 'rule r', on: 'port 52:54:00:00:00:01', path: '', from: { address: 'x' }, to: null },
      { by: 'hook scheduler', on: 'node', path: '/properties/x', from: 1, to: { a: '\u001b[2J' } },
    ];
    const { client } = await setUp(t, {
      'GET /v1/introspection/a/changes': { changes },
      'GET /v1/introspection/b/changes': { changes: [] },
    });

    const account = await client.run('introspection changes a');
    const none = await client.run('introspection changes b');
    const rows = await client.run('introspection changes a -f csv -c By -c To');

    assert.equal(
      account.out,
      'hook scheduler\n  node /properties/cpus: 48\n  node /properties/x: {"a":"\\u001b[2J"}, was 1\n' +
        'rule r\n  port 52:54:00:00:00:01: removed, was {"address":"x"}\n',
    );
    assert.equal(none.out, 'Nothing was changed.\n');
    assert.equal(rows.out.split('\n')[1], '"hook scheduler","48"');
  });
});

describe('ironic-inspector-client interface', () => {
  const vlans = [
    { id: 101, name: 'a' },
    { id: 102, name: 'b' },
  ];
  const data = {
    all_interfaces: {
      eth0: {
        mac: '52:54:00:00:00:01',
        lldp_processed: { switch_port_vlans: vlans, switch_port_id: 'Eth1' },
      },
      eth1: { mac: '52:54:00:00:00:02' },
      odd: null,
    },
  };

  it('lists them', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection/n/data': data });

    const usual = await client.run('interface list n -f value');
    const vlan = await client.run(
      'interface list n --vlan 7 --vlan 102 --fields interface switch_port_vlan_ids -f value',
    );
    const long = await client.run('interface list n --long -f csv');

    assert.equal(
      usual.out,
      'eth0 52:54:00:00:00:01 [101, 102] None Eth1\neth1 52:54:00:00:00:02 [] None None\nodd None [] None None\n',
    );
    assert.equal(vlan.out, 'eth0 [101, 102]\n');
    assert.equal(long.out.split('\n')[0]?.split(',').length, 27);
  });

  it('shows one', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection/n/data': data });

    const all = await client.run('interface show n eth0 -f json');
    const some = await client.run('interface show n eth0 --fields mac node_ident -f value');
    const missing = await client.run('interface show n eth7');

    assert.equal(Object.keys(JSON.parse(all.out)).length, 27);
    assert.equal(some.out, '52:54:00:00:00:01\nn\n');
    assert.deepEqual([missing.code, missing.err], [1, 'Interface eth7 was not found on this node\n']);
  });

  it('refuses what cannot be', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/introspection/n/data': {} });

    const ends = [
      await client.run('interface list n --fields nothing'),
      await client.run('interface list n --vlan x'),
      await client.run('interface list n --long --fields mac'),
      await client.run('interface list n'),
    ];

    assert.deepEqual(
      ends.map(({ code }) => code),
      [2, 2, 2, 1],
    );
    assert.equal(ends[3]?.err, 'The introspection data of n has no interfaces (all_interfaces)\n');
  });
});

describe('ironic-inspector-client rule', () => {
  const rule = { description: 'first', conditions: [], actions: [{ action: 'fail', message: 'no' }] };

  const withFile = async (t: TestContext, content: string, answers: Answers) => {
    const set = await setUp(t, answers);
    writeFileSync(join(set.client.folder, 'rules'), content);
    return { ...set, file: join(set.client.folder, 'rules') };
  };

  it('imports one rule of JSON, and several of YAML', async (t) => {
    const json = await withFile(t, JSON.stringify(rule), {
      'POST /v1/rules': { status: 201, body: JSON.stringify({ uuid: 'u1', ...rule, links: [] }) },
    });
    const yaml = await withFile(t, '- {description: a, actions: []}\n- description: yes\n', {
      'POST /v1/rules': inOrder({ uuid: 'u1', description: 'a' }, { uuid: 'u2', description: null }),
    });

    const one = await json.client.run(`rule import ${json.file} -f value`);
    const two = await yaml.client.run(`introspection rule import ${yaml.file} -f value`);

    assert.deepEqual([one.out, two.out], ['u1 first\n', 'u1 a\nu2 None\n']);
    assert.deepEqual(JSON.parse(json.service.requests[0]?.body ?? ''), rule);
    // A boolean in YAML 1.1, which the stock client reads.
    assert.equal(yaml.service.requests[1]?.body, '{"description":true}');
  });

  it('says which rule was refused, and which were created', async (t) => {
    const { client, file } = await withFile(t, '[{}, {}, {}]', {
      'POST /v1/rules': inOrder({ uuid: 'u1' }, refusal(400, 'Invalid UUID value')),
    });

    const ended = await client.run(`rule import ${file}`);

    assert.deepEqual([ended.code, ended.err], [1, 'Rule 2 of 3: Invalid UUID value (created before: u1)\n']);
  });

  it('refuses files without rules', async (t) => {
    const message = async (content: string) => {
      const { client, file } = await withFile(t, content, {});
      const { code, err } = await client.run(`rule import ${file}`);
      assert.equal(code, 1);
      return err.replace(file, 'FILE');
    };

    assert.match(await message('{"a": '), /^FILE: expected JSON or YAML: /);
    assert.match(
      await message('text'),
      /^FILE: expected a rule, an object, or a list of rules; the file has none\n/,
    );
    assert.match(await message('[{}, 1]'), /; rule 2 is none\n$/);
  });

  it('lists, shows, deletes and purges', async (t) => {
    const { service, client } = await setUp(t, {
      'GET /v1/rules': { rules: [{ uuid: 'u1', description: 'first' }] },
      'GET /v1/rules/u1': { uuid: 'u1', scope: null, links: [], ...rule },
      'DELETE /v1/rules/u1': 204,
      'DELETE /v1/rules': 204,
    });

    const list = await client.run('rule list -f value');
    const shown = await client.run('rule show u1 -f json');
    const ends = [await client.run('rule delete u1'), await client.run('rule purge')];

    assert.equal(list.out, 'u1 first\n');
    assert.deepEqual(Object.keys(JSON.parse(shown.out)), [
      'actions',
      'conditions',
      'description',
      'scope',
      'uuid',
    ]);
    assert.deepEqual(ends, [
      { code: 0, out: '', err: '' },
      { code: 0, out: '', err: '' },
    ]);
    assert.deepEqual(service.lines().slice(2), ['DELETE /v1/rules/u1', 'DELETE /v1/rules']);
  });

  it('never deletes all rules in place of one', async (t) => {
    const { service, client } = await setUp(t, { 'DELETE /v1/rules/': 204, 'DELETE /v1/': 204 });

    const ends = [
      await client.run('rule delete .'),
      await client.run('rule delete ..'),
      await client.run('rule delete '),
    ];

    assert.deepEqual(
      ends.map(({ code, err }) => [code, err]),
      [
        [1, 'Expected a name or a UUID, got "."\n'],
        [1, 'Expected a name or a UUID, got ".."\n'],
        [1, 'Expected a name or a UUID, got ""\n'],
      ],
    );
    assert.deepEqual(service.lines(), []);
  });
});

describe('ironic-inspector-client', () => {
  it('tells its version without a service, and the versions with one', async (t) => {
    const { service, client } = await setUp(t, { 'GET /': { versions: [] }, 'GET /v1': { resources: [] } });

    const own = await client.run('--version');
    const both = await client.run('version -f json');
    const below = await client.run(`--inspector-url ${service.url}/v1/ version -f json`);

    assert.equal(own.out, `${packageVersion()}\n`);
    assert.deepEqual(JSON.parse(both.out), {
      api_maximum_version: '1.18',
      api_minimum_version: '1.0',
      client_version: packageVersion(),
      url: service.url,
    });
    assert.equal(JSON.parse(below.out).url, `${service.url}/v1`);
  });

  it('asks below an endpoint with a version, and for the version that is wanted', async (t) => {
    const { service, client } = await setUp(t, { 'GET /v1/rules': { rules: [] } });
    const versions = [
      '',
      '--inspector-api-version 1 ',
      '--inspector-api-version 1.10 ',
      '--inspector-api-version latest ',
    ];

    for (const version of versions) await client.run(`${version}--inspector-url ${service.url}/v1 rule list`);
    const wrong = await client.run('rule list --inspector-api-version one');

    assert.deepEqual(
      service.requests.map(({ headers }) => headers['x-openstack-ironic-inspector-api-version']),
      [undefined, undefined, '1.10', undefined],
    );
    assert.equal(wrong.code, 2);
  });

  it('shows errors that are not the API’s, strange answers and no answer', async (t) => {
    const { client } = await setUp(t, {
      'GET /v1/introspection/gone': { status: 418, body: 'a <teapot>\u001b[2J' },
      'GET /v1/introspection/empty': { status: 400, body: '' },
      'GET /v1/introspection/list': [],
      'GET /v1/introspection': {},
      'GET /v1/introspection/secret': refusal(401, 'Authentication required'),
    });
    const error = async (words: string, from: MadeUpClient = client) => (await from.run(words)).err;

    assert.equal(await error('status gone'), 'GET /v1/introspection/gone answered 418: a <teapot>\\x1b[2J\n');
    assert.equal(await error('status empty'), 'GET /v1/introspection/empty answered 400\n');
    assert.equal(await error('status list'), 'Expected an object from the service, got something else\n');
    assert.equal(
      await error('list'),
      'Expected a list of introspection from the service, got something else\n',
    );
    assert.match(await error('status secret'), /^Authentication required: expected credentials .*--os-cloud/);
    assert.match(await error('list', madeUpClient('http://127.0.0.1:1')), /ECONNREFUSED 127.0.0.1:1\n$/);
  });

  it('tells what is asked and answered with --debug', async (t) => {
    const { client } = await setUp(t, { 'GET /v1/rules': { rules: [] } });

    const { err } = await client.run('rule list --debug');

    assert.equal(err, 'DEBUG GET /v1/rules\nDEBUG 200 {"rules":[]}\n');
  });

  it('escapes what could steer a terminal', async (t) => {
    const { client } = await setUp(
      t,
      { 'GET /v1/rules': { rules: [{ uuid: 'u', description: '\u001b[2J' }] } },
      { isAtTerminal: true },
    );

    const table = await client.run('rule list');
    const values = await client.run('rule list -f value');

    assert.ok(table.out.includes('| u    | \\x1b[2J     |'), table.out);
    assert.equal(values.out, 'u \\x1b[2J\n');
  });

  it('refuses unknown commands, options and missing arguments with exit code 2, and has help', async () => {
    const client = madeUpClient();

    const wrong = [
      await client.run('nothing'),
      await client.run('status'),
      await client.run('status a b'),
      await client.run('status a --nothing'),
      await client.run('status a -f xml'),
      await client.run('data'),
    ];
    const help = [await client.run('--help'), await client.run('introspection start --help')];

    assert.deepEqual(
      wrong.map(({ code, out }) => [code, out]),
      Array.from({ length: 6 }, () => [2, '']),
    );
    assert.ok(wrong.every(({ err }) => err !== ''));
    assert.deepEqual(
      help.map(({ code, err }) => [code, err]),
      [
        [0, ''],
        [0, ''],
      ],
    );
    assert.match(help[1]?.out ?? '', /--check-errors/);
  });
});
