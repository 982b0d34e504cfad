import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { forEachEngine, type TestEngine } from '../../testing/database-engines.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { type NumberedMachine, numberedMachine } from '../../testing/numbered-machine.ts';
import { type Answers, answersOf, rulesOf } from '../../testing/original-answers.ts';
import {
  type Cell,
  countsOf,
  openPlainDatabase,
  originalConnection,
  originalRows,
  type PlainDatabase,
  type RowsOfTables,
} from '../../testing/original-database.ts';
import {
  type OriginalService,
  originalPackages,
  runOriginalDbsync,
  startOriginal,
} from '../../testing/original-service.ts';
import { type Successor, startSuccessor } from '../../testing/original-successor.ts';
import { type RunningService, runningService } from '../../testing/running-service.ts';
import { eventually, type ServiceClient } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

const skip = skipWithout(originalPackages);

/** A machine, and the UUID that its node has in both registries. */
interface Enrolled {
  readonly uuid: string;
  readonly machine: NumberedMachine;
  readonly fields: Record<string, any>;
}

/** The nodes, by what happens to them. */
const machines = {
  finished: 1,
  failed: 2,
  waiting: 3,
  aborted: 4,
  reapplied: 5,
  ours: 6,
  oursWaiting: 7,
  oursAborted: 8,
  oursFailed: 9,
  again: 10,
} as const;

type Name = keyof typeof machines;

function enrolled(name: Name): Enrolled {
  const machine = numberedMachine(machines[name]);
  const impossible = name === 'failed' || name === 'oursFailed';
  return {
    uuid: randomUUID(),
    machine,
    fields: {
      name: `node-${name}`,
      driver_info: { ipmi_address: machine.bmcAddress },
      properties: impossible ? { root_device: { serial: 'no disk has it' } } : {},
    },
  };
}

const rules = [
  {
    uuid: randomUUID(),
    description: 'Ünïcode 漢字 & "quotes"',
    scope: 'edge',
    conditions: [
      { op: 'eq', field: 'memory_mb', value: 131072 },
      { op: 'in-net', field: 'inventory.bmc_address', value: '10.0.0.0/8', multiple: 'all' },
      { op: 'matches', field: 'inventory.system_vendor.product_name', value: 'x.*', invert: true },
      { op: 'is-empty', field: 'error' },
    ],
    actions: [
      { action: 'set-attribute', path: '/extra/rack', value: '{data[inventory][hostname]}' },
      { action: 'set-capability', name: 'profile', value: 'é' },
    ],
  },
  {
    uuid: randomUUID(),
    conditions: [{ op: 'ge', field: 'node://properties.cpus', value: 7.5, multiple: 'first' }],
    actions: [
      { action: 'extend-attribute', path: '/extra/list', value: { nested: [1, 2.5, null, true, '漢'] } },
    ],
  },
  { description: 'always', actions: [{ action: 'set-attribute', path: '/extra/always', value: [1] }] },
];

/** Odd numbers and characters, which have to come through every store as they are. */
function documentOf({ machine }: Enrolled): string {
  const odd =
    '"odd": {"number": [1.0, 18446744073709551616, 1e-7, -0.0], "text": "é 漢 \\ud83d\\ude00 \\u0001"}';
  return JSON.stringify(machine.data()).replace('{', `{${odd}, `);
}

/** Finishes what waits: callback, end, data. */
async function finish(client: ServiceClient, node: Enrolled): Promise<any> {
  const answer = await client.callBack(documentOf(node), { 'content-type': 'application/json' });
  assert.deepEqual([answer.status, answer.body], [200, { uuid: node.uuid }]);
  const status = await client.untilEnded(node.uuid);
  assert.deepEqual([status.state, status.error], ['finished', null]);
  return status;
}

async function introspect(client: ServiceClient, node: Enrolled): Promise<void> {
  await client.start(node.uuid);
  await finish(client, node);
}

async function fail(client: ServiceClient, node: Enrolled): Promise<string> {
  await client.start(node.uuid);
  await client.callBack(node.machine.data());
  const status = await client.untilEnded(node.uuid);
  assert.equal(status.state, 'error');
  return status.error;
}

async function abort(client: ServiceClient, node: Enrolled): Promise<void> {
  await client.start(node.uuid);
  await client.abort(node.uuid);
  const status = await client.untilEnded(node.uuid);
  assert.deepEqual([status.state, status.error], ['error', 'Canceled by operator']);
}

/** Whether a reapply has ended: its times may be those of the run before, where an engine keeps whole seconds. */
async function isOver(database: PlainDatabase, { uuid }: Enrolled, versionBefore: Cell): Promise<boolean> {
  const [row] = await database.rows(`SELECT * FROM nodes WHERE uuid = '${uuid}'`);
  return row?.version_id !== versionBefore && row?.state === 'finished' && row.finished_at !== null;
}

describe('with the original', { skip }, () => forEachEngine('a database', goesBackAndForth));

/** The steps build on each other. */
function goesBackAndForth(engine: TestEngine): void {
  const folder = temporaryFolder().path;
  const nodes = Object.fromEntries(
    (Object.keys(machines) as Name[]).map((name) => [name, enrolled(name)]),
  ) as Record<Name, Enrolled>;
  let connection: string;
  let standIn: RunningService;
  let database: PlainDatabase;
  let original: OriginalService | undefined;
  let ours: Successor | undefined;
  let answers: Answers;
  let rows: RowsOfTables;
  let toldRules: any[];

  const halt = async () => {
    assert.notEqual(await ours?.stop(), false);
    await original?.stop();
    ours = undefined;
    original = undefined;
  };

  const startTheOriginal = async () => {
    await halt();
    const bareMetalUrl = `http://127.0.0.1:${standIn.port}/baremetal`;
    original = await startOriginal({ folder, connection, bareMetalUrl });
    return original.client;
  };

  const startOurs = async () => {
    await halt();
    ours = await startSuccessor(connection);
    return ours.client;
  };

  const client = (): ServiceClient => {
    const running = ours ?? original;
    assert.ok(running !== undefined);
    return running.client;
  };

  /** Reapplies what is stored; gives the processed data as text. */
  const reapply = async (node: Enrolled): Promise<string> => {
    const [row] = await database.rows(`SELECT * FROM nodes WHERE uuid = '${node.uuid}'`);
    await client().do(`POST /v1/introspection/${node.uuid}/data/unprocessed`);
    await eventually(() => isOver(database, node, row?.version_id ?? null), Boolean);
    assert.equal((await client().introspection(node.uuid)).error, null);
    return (await client().ask(`GET /v1/introspection/${node.uuid}/data`)).text;
  };

  /** Stops whatever runs, and remembers what it told and left. */
  const stop = async () => {
    answers = await answersOf(client());
    await halt();
    rows = await originalRows(database);
  };

  const enrol = async (registry: ServiceClient) => {
    for (const { uuid, machine, fields } of Object.values(nodes)) {
      await registry.createNode({ ...fields, uuid }, [machine.macs[0]]);
    }
  };

  before(async () => {
    standIn = await runningService();
    await enrol(standIn.client);
    connection = originalConnection(await engine.emptyDatabase());
    const outcome = await runOriginalDbsync(folder, connection, 'upgrade');
    assert.equal(outcome.code, 0, outcome.stderr);
    database = await openPlainDatabase(connection);
  });

  after(async () => {
    await halt();
    await database?.close();
    await standIn?.stop();
  });

  it('is filled by the original', async () => {
    const service = await startTheOriginal();
    for (const rule of rules) await service.do('POST /v1/rules', rule);

    await introspect(service, nodes.finished);
    await fail(service, nodes.failed);
    await abort(service, nodes.aborted);
    await introspect(service, nodes.reapplied);
    await reapply(nodes.reapplied);
    await service.start(nodes.waiting.uuid);

    toldRules = await rulesOf(service);
    await stop();
    assert.equal(toldRules.length, 3);
    assert.deepEqual(countsOf(rows), {
      nodes: 5,
      attributes: 2,
      options: 0,
      introspection_data: 5,
      rules: 3,
      rule_conditions: 5,
      rule_actions: 4,
    });
  });

  it('is as it was when our service has started on it', async () => {
    const told = answers;

    const service = await startOurs();

    assert.deepEqual(await originalRows(database), rows);
    assert.deepEqual(await database.rows('alembic_version'), [{ version_num: 'b55109d5063a' }]);
    assert.deepEqual(await answersOf(service), told);
  });

  it('is worked on by our service', async () => {
    const service = client();
    await enrol(service);
    const stored = answers.data[nodes.finished.uuid]?.processed;

    await finish(service, nodes.waiting);
    const reapplied = await reapply(nodes.finished);
    await introspect(service, nodes.ours);
    await introspect(service, nodes.again);
    await introspect(service, nodes.again);
    await abort(service, nodes.oursAborted);
    const error = await fail(service, nodes.oursFailed);
    await service.start(nodes.oursWaiting.uuid);

    assert.equal(reapplied, stored);
    assert.equal(error, 'No disks satisfied root device hints');
    await stop();
    assert.deepEqual(countsOf(rows), {
      nodes: 10,
      attributes: 2,
      options: 0,
      introspection_data: 12,
      rules: 3,
      rule_conditions: 5,
      rule_actions: 4,
    });
  });

  it('is as we left it when the original has started again', async () => {
    const told = answers;

    const service = await startTheOriginal();

    assert.deepEqual(await originalRows(database), rows);
    assert.deepEqual(await answersOf(service), told);
    assert.deepEqual(await rulesOf(service), toldRules);
  });

  it('is worked on by the original, with what we wrote', async () => {
    const service = client();
    const stored = answers.data[nodes.ours.uuid]?.processed;

    await finish(service, nodes.oursWaiting);
    const reapplied = await reapply(nodes.ours);
    await introspect(service, nodes.oursAborted);
    await abort(service, nodes.waiting);
    await introspect(service, nodes.again);
    await service.start(nodes.oursFailed.uuid);
    await service.do(`DELETE /v1/rules/${rules[1]?.uuid}`);
    toldRules = await rulesOf(service);

    assert.equal(reapplied, stored);
    await stop();
    assert.deepEqual(countsOf(rows), {
      nodes: 10,
      attributes: 2,
      options: 0,
      introspection_data: 13,
      rules: 2,
      rule_conditions: 4,
      rule_actions: 3,
    });
  });

  it('is as the original left it when our service has started again', async () => {
    const told = answers;

    const service = await startOurs();

    assert.deepEqual(await originalRows(database), rows);
    assert.deepEqual(await answersOf(service), told);
  });

  it('is worked on by our service again', async () => {
    const service = client();
    const stored = answers.data[nodes.oursAborted.uuid]?.processed;

    const reapplied = await reapply(nodes.oursAborted);
    await introspect(service, nodes.waiting);
    await abort(service, nodes.oursFailed);

    assert.equal(reapplied, stored);
    await stop();
  });

  it('is as we left it when the original has started for the third time', async () => {
    const told = answers;

    const service = await startTheOriginal();

    assert.deepEqual(await originalRows(database), rows);
    assert.deepEqual(await answersOf(service), told);
    assert.deepEqual(await rulesOf(service), toldRules);
    assert.deepEqual(await database.rows('alembic_version'), [{ version_num: 'b55109d5063a' }]);
    const { stdout } = await runOriginalDbsync(folder, connection, 'current');
    assert.equal(stdout.trim(), 'b55109d5063a (head)');
  });
}
