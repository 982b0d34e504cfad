import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareMetalNode } from '../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { introspectionUnderTest } from '../../testing/introspection-builder.ts';
import { ramdiskData } from '../../testing/ramdisk-data-builder.ts';
import { ruleOf } from '../../testing/rule-case.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import { dryRun } from './dry-run.ts';
import { inParallel } from './in-parallel.ts';

const uuid = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01';
const other = '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a02';
const set = (path: string, value: string) => ({ action: 'set-attribute', path, value });

async function tried(bodies: readonly JsonObject[], nodes = [uuid], given: object = {}) {
  const node = bareMetalNode({ uuid, properties: {}, extra: {}, traits: ['CUSTOM_THERE'] });
  const bareMetal = new FakeBareMetal({ nodes: [node] });
  const { on, database } = await introspectionUnderTest(bareMetal, given);
  await on.data.save(uuid, 'unprocessed', JSON.stringify(ramdiskData()));
  const tables = ['introspection_data', 'introspection_changes', 'introspection_accounts', 'nodes'] as const;
  const rows = () =>
    Promise.all(tables.map((table) => database.query.selectFrom(table).selectAll().execute()));
  const before = await rows();
  const rules = bodies.map((body, index) => ruleOf(body, index + 1));
  const lines: any[] = [];
  const asked = { uuids: nodes, total: nodes.length, skipWithoutData: false };
  for await (const line of dryRun({ ...on, rules }, asked)) lines.push(line);
  return { lines, wrote: JSON.stringify(await rows()) !== JSON.stringify(before), calls: bareMetal.calls };
}

describe('a dry run', () => {
  it('tells what would change in the end, and writes nothing', async () => {
    const actions = [set('/extra/x', '1'), set('/extra/x', '2'), set('/driver_info/ipmi_password', 'hidden')];

    const { lines, wrote, calls } = await tried([{ actions }]);

    const [first, last] = lines;
    const extra = first.changes.filter(({ path }: JsonObject) => path === '/extra/x');
    assert.deepEqual(
      extra.map(({ from, to }: JsonObject) => [from, to]),
      [[null, '2']],
    );
    assert.ok(
      first.changes.some(
        ({ by, path }: JsonObject) => by === 'hook scheduler' && path === '/properties/cpus',
      ),
    );
    assert.deepEqual(first.rules[0].outcome, 'applied');
    assert.deepEqual(first.progress, { done: 1, total: 1 });
    assert.deepEqual(last.summary, { nodes: 1, would_change: 1, would_fail: 0, not_run: 0, skipped: 0 });
    assert.doesNotMatch(JSON.stringify(lines), /hidden/);
    assert.equal(wrote, false);
    assert.deepEqual([...new Set(calls.map(({ method }) => method))].sort(), ['getNode', 'listPortsOf']);
  });

  it('does not count traits that the node has or lacks already', async () => {
    const actions = [
      { action: 'add-trait', name: 'CUSTOM_THERE' },
      { action: 'add-trait', name: 'CUSTOM_NEW' },
      { action: 'remove-trait', name: 'CUSTOM_GONE' },
    ];

    const { lines } = await tried([{ actions }]);

    const traits = lines[0].changes.filter(({ on }: JsonObject) => on === 'trait');
    assert.deepEqual(
      traits.map(({ path }: JsonObject) => path),
      ['CUSTOM_NEW'],
    );
  });

  it('tells which introspections would fail', async () => {
    const failing = {
      name: 'failing',
      beforeProcessing() {
        throw new InspectorError('invalid', 'no way');
      },
    };

    const byRule = await tried([{ actions: [{ action: 'fail', message: 'not ours' }] }]);
    const byHook = await tried([], [uuid], { hooks: [failing] });

    assert.equal(byRule.lines[0].failure, 'not ours');
    assert.equal(byHook.lines[0].failure, 'Preprocessing hook failing: no way');
    assert.equal(byHook.lines[1].summary.would_fail, 1);
  });

  it('says of which nodes it could not be worked out', async () => {
    const { lines } = await tried([], [uuid, other]);

    const without = lines.find(({ node }) => node === other);
    assert.match(without.error, /^Introspection data not found for node/);
    assert.deepEqual(lines.at(-1).summary.not_run, 1);
  });

  it('leaves out nodes without data where all are wanted, and tells of those that are gone', async () => {
    const { on } = await introspectionUnderTest(new FakeBareMetal({ nodes: [] }));
    await on.data.save(uuid, 'unprocessed', '{}');
    const lines: any[] = [];

    const asked = { uuids: [other, uuid], total: null, skipWithoutData: true };
    for await (const line of dryRun({ ...on, rules: [] }, asked)) lines.push(line);

    assert.equal(lines.length, 2);
    assert.match(lines[0].error, /could not be found/);
    assert.deepEqual([lines[1].summary.skipped, lines[1].summary.not_run], [1, 1]);
  });

  it('passes on what is a fault of the service', async () => {
    const { on } = await introspectionUnderTest(new FakeBareMetal({ nodes: [] }));
    const data = { get: () => Promise.reject(new TypeError('broken')) };
    const lines = dryRun({ ...on, data, rules: [] }, { uuids: [uuid], total: 1, skipWithoutData: false });

    await assert.rejects(lines.next(), /broken/);
  });
});

describe('inParallel', () => {
  it('works on so many at a time, and begins nothing more once nobody reads', async () => {
    let running = 0;
    let most = 0;
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return item;
    };

    for await (const item of inParallel(
      Array.from({ length: 50 }, (_, index) => index),
      3,
      work,
    )) {
      if (item === 10) break;
    }

    assert.equal(most, 3);
    assert.ok(begun.length < 20);
  });
});
