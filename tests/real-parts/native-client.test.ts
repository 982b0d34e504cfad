// Shows these lines of docs/compatibility.md: client-yaml-style.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { formatCsv, type QuoteMode } from '../../src/commands/client/output/format-csv.ts';
import { formatJson } from '../../src/commands/client/output/format-json.ts';
import { formatTable } from '../../src/commands/client/output/format-table.ts';
import { formatYaml } from '../../src/commands/client/output/format-yaml.ts';
import type { JsonValue } from '../../src/json/json-value.ts';
import type { RunningApi } from '../../src/running.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { ramdiskData, ramdiskMacs } from '../../testing/ramdisk-data-builder.ts';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { eventually, ServiceClient } from '../../testing/service-client.ts';
import { type Outcome, runStockProgram } from '../../testing/stock-program.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const program = fileURLToPath(new URL('../../bin/ironic-inspector-client.js', import.meta.url));

/** The command in a process of its own against the whole service. The steps build on each other. */
describe('the native client against the whole service', () => {
  const folder = temporaryFolder().path;
  let service: RunningApi;
  let client: ServiceClient;
  let uuid: string;

  before(async () => {
    service = await startRealService(folder, recordingLogger());
    client = new ServiceClient(service.url);
    uuid = await client.createNode({ name: 'one' }, [ramdiskMacs.eno1]);
  });

  after(async () => {
    await client?.close();
    await service?.stop();
  });

  const call = (words: string): Promise<Outcome> =>
    runStockProgram(process.execPath, [program, '--inspector-url', service.url, ...words.split(' ')], folder);

  const run = async (words: string): Promise<string> => {
    const { code, stdout, stderr } = await call(words);
    assert.equal(code, 0, `${words}: ${stderr}`);
    return stdout;
  };

  const json = async (words: string): Promise<any> => JSON.parse(await run(`${words} -f json`));

  it('tells the versions', async () => {
    const version = await json('version');

    assert.deepEqual(
      [version.api_minimum_version, version.api_maximum_version, version.url],
      ['1.0', '1.18', service.url],
    );
  });

  it('starts an introspection, waits for it and lists the errors', async () => {
    const waiting = call('introspection start one --wait --check-errors --timeout 60');
    await eventually(
      () => client.ask(`GET /v1/introspection/${uuid}`),
      (answer) => answer.body?.state === 'waiting',
    );
    const posted = await client.callBack(ramdiskData());
    const { code, stdout, stderr } = await waiting;

    assert.equal(posted.status, 200, posted.text);
    assert.equal(code, 0, stderr);
    assert.equal(
      stdout,
      '+------+-------+\n| UUID | Error |\n+------+-------+\n| one  | None  |\n+------+-------+\n',
    );
    assert.match(
      stderr,
      /^Waiting for introspection to finish\.\.\.\none: .*\none: finished \(\d+:\d\d\)\n$/s,
    );
  });

  it('shows and lists statuses', async () => {
    const shown = await json('introspection status one');
    const listed = await json('introspection list --state finished');
    const none = await run('introspection list --state error,waiting');

    assert.deepEqual(Object.keys(shown), ['error', 'finished', 'finished_at', 'started_at', 'state', 'uuid']);
    assert.deepEqual([shown.uuid, shown.state, shown.finished], [uuid, 'finished', true]);
    assert.deepEqual(listed, [
      { UUID: uuid, 'Started at': shown.started_at, 'Finished at': shown.finished_at, Error: null },
    ]);
    assert.equal(none, '\n');
  });

  it('saves the data', async () => {
    const processed = JSON.parse(await run('introspection data save one'));
    await run('introspection data save one --unprocessed --file data.json');
    const unprocessed = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8'));

    assert.equal(processed.all_interfaces.eno1.mac, ramdiskMacs.eno1);
    assert.deepEqual(unprocessed.inventory.cpu, (ramdiskData()['inventory'] as any).cpu);
    assert.equal('all_interfaces' in unprocessed, false);
  });

  it('lists and shows interfaces', async () => {
    const listed = await json('introspection interface list one');
    const chosen = await run('introspection interface list one --fields mac interface -f value');
    const shown = await json('introspection interface show one eno1 --fields mac node_ident');
    const missing = await call('introspection interface show one eth9');

    assert.deepEqual(listed[0], {
      Interface: 'eno1',
      'MAC Address': ramdiskMacs.eno1,
      'Switch Port VLAN IDs': [],
      'Switch Chassis ID': null,
      'Switch Port ID': null,
    });
    assert.equal(chosen.split('\n')[0], `${ramdiskMacs.eno1} eno1`);
    assert.deepEqual(shown, { mac: ramdiskMacs.eno1, node_ident: 'one' });
    assert.deepEqual([missing.code, missing.stderr], [1, 'Interface eth9 was not found on this node\n']);
  });

  it('tells which hook has set what', async () => {
    const account = await run('introspection changes one');
    const rows = await json('introspection changes one');

    assert.match(account, /^hook \S+\n {2}\S/);
    assert.ok(rows.some((row: any) => row.Path === '/properties/cpus'));
  });

  it('reprocesses stored data, and data of a file', async () => {
    writeFileSync(join(folder, 'more.json'), JSON.stringify(ramdiskData({ 'inventory.cpu.count': 7 })));

    await run('introspection reprocess one');
    await client.until(uuid, 'finished');
    await run('introspection reprocess one --data more.json');
    await client.untilNode(uuid, (node) => node.properties.cpus === '7');
    await client.until(uuid, 'finished');
  });

  it('aborts', async () => {
    await run('introspection start one');
    await client.until(uuid, 'waiting');
    await run('introspection abort one');
    const status = await client.untilEnded(uuid);

    assert.equal(status.error, 'Canceled by operator');
  });

  it('passes on what the service refuses', async () => {
    const refused = await call('introspection start no-such-node');

    assert.deepEqual(
      [refused.code, refused.stdout, refused.stderr],
      [1, '\n', 'Node no-such-node was not found in Ironic\n'],
    );
  });

  it('imports, lists, shows and deletes rules', async () => {
    const rule = (description: string) =>
      `- description: ${description}\n  actions: [{action: fail, message: no}]\n` +
      '  conditions: [{op: eq, field: memory_mb, value: 1}]\n';
    writeFileSync(join(folder, 'rules.yaml'), rule('first') + rule('second'));

    const created = await json('introspection rule import rules.yaml');
    const listed = await json('introspection rule list');
    const shown = await json(`introspection rule show ${created[0].UUID}`);
    await run(`introspection rule delete ${created[0].UUID}`);
    const left = await json('introspection rule list');
    await run('introspection rule purge');

    assert.deepEqual(
      created.map((one: any) => one.Description),
      ['first', 'second'],
    );
    assert.deepEqual(listed, created);
    assert.deepEqual(Object.keys(shown), ['actions', 'conditions', 'description', 'scope', 'uuid']);
    assert.deepEqual(left, created.slice(1));
    assert.deepEqual(await json('introspection rule list'), []);
  });

  it('leaves at Ctrl-C while it waits', async () => {
    await client.do(`POST /v1/introspection/${uuid}`);
    await client.until(uuid, 'waiting');
    const args = [program, '--inspector-url', service.url, 'start', 'one', '--wait'];
    const ended = await new Promise<Outcome>((resolve) => {
      const child = execFile(process.execPath, args, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code), stdout, stderr }),
      );
      child.stderr?.once('data', () => void child.stderr?.once('data', () => child.kill('SIGINT')));
    });

    assert.equal(ended.code, 130);
    assert.match(ended.stderr, /\nInterrupted; what was begun goes on in the service\n$/);
    await run('introspection abort one');
    await client.untilEnded(uuid);
  });
});

const skip = skipWithout(['python3-openstackclient']);

interface Case {
  readonly kind: 'list' | 'show';
  readonly format: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly JsonValue[])[];
  readonly options?: Readonly<Record<string, JsonValue>>;
}

/** Values of every kind, with what each format has trouble with. */
const columns = ['UUID', 'Count', 'A somewhat longer head', 'Value'];
const rows: readonly (readonly JsonValue[])[] = [
  ['a-1', 1, null, { b: [1, 'x', null, true], a: "it's" }],
  ['second', 20, 'two\nlines', ['"quoted"', 'comma, and \\']],
  ['日本', -3, '2026-11-22T13:36:35.999804', false],
  ['null', 0.5, 'a text that is long enough to be broken where the table has to be narrow', []],
];

function caseOf(format: string, options?: Case['options'], kind: Case['kind'] = 'list'): Case {
  return { kind, format, columns, rows, ...(options === undefined ? {} : { options }) };
}

describe('output beside that of the stock client', { skip }, () => {
  const folder = temporaryFolder().path;

  const stock = async (cases: readonly Case[]): Promise<string[]> => {
    const script = fileURLToPath(new URL('cliff_formats.py', import.meta.url));
    const input = join(folder, 'cases.json');
    writeFileSync(input, JSON.stringify(cases));
    const { code, stdout, stderr } = await runStockProgram(
      '/bin/sh',
      ['-c', `exec /usr/bin/python3 '${script}' <'${input}'`],
      folder,
    );
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };

  it('lays tables out alike, wide and narrow', async () => {
    const widths = [0, 100, 70, 40];
    const theirs = await stock(widths.map((width) => caseOf('table', { max_width: width })));

    const ours = widths.map((width) =>
      formatTable(columns, rows, { maxWidth: width || undefined, minColumn: 8 }),
    );

    assert.deepEqual(ours, theirs);
  });

  it('quotes alike in csv', async () => {
    const modes: QuoteMode[] = ['all', 'minimal', 'nonnumeric', 'none'];
    const theirs = await stock(modes.map((mode) => caseOf('csv', { quote_mode: mode })));

    assert.deepEqual(
      modes.map((mode) => formatCsv(columns, rows, mode)),
      theirs,
    );
  });

  it('writes the same JSON', async () => {
    const objects = rows.map((row) =>
      Object.fromEntries(columns.map((name, place) => [name, row[place] ?? null])),
    );
    const [indented, inline] = await stock([caseOf('json'), caseOf('json', { noindent: true })]);

    assert.equal(formatJson(objects, true), indented);
    assert.equal(formatJson(objects, false), inline);
  });

  it('writes YAML of the same meaning (docs/compatibility.md, client-yaml-style)', async () => {
    const objects = rows.map((row) =>
      Object.fromEntries(columns.map((name, place) => [name, row[place] ?? null])),
    );
    const [theirs = ''] = await stock([caseOf('yaml')]);
    const ours = await formatYaml(objects);

    assert.deepEqual(parse(ours, { version: '1.1' }), parse(theirs, { version: '1.1' }));
    assert.deepEqual(parse(ours, { version: '1.1' }), objects);
  });
});
