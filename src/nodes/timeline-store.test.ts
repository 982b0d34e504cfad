import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { Database } from '../database/database.ts';
import { NodeStore } from './node-store.ts';
import type { Sighting, Stage } from './stage.ts';
import { TimelineStore } from './timeline-store.ts';

const mac = '52:54:00:00:00:01';
const [first, later] = ['2026-11-22T13:40:00.000000', '2026-11-22T13:41:00.000000'];

const seen = (changes: Partial<Sighting> = {}): Sighting => ({
  stage: 'dhcp-request-seen',
  mac,
  at: first,
  times: 1,
  evidence: { mac },
  ...changes,
});

function storesOn(database: Database) {
  const clock = settableClock();
  return { clock, nodes: new NodeStore(database, clock), timeline: new TimelineStore(database) };
}

const begin = (nodes: NodeStore, uuid: string, macs: readonly string[] = [mac]) =>
  nodes.start(uuid, { manageBoot: true, attributes: { mac: macs } });

forEachEngine('TimelineStore', (engine) => {
  describe('TimelineStore', () => {
    it('records stages with the state that they belong to, each in place of what was there', async () => {
      const { nodes, timeline } = storesOn(await engine.testDatabase());
      const record = await begin(nodes, 'a');
      const reached: Stage[] = [
        { stage: 'power-on-acknowledged', at: later, evidence: {} },
        { stage: 'boot-device-set', at: first, evidence: { persistent: false } },
      ];

      const waiting = await nodes.transition(record, 'wait', null, timeline.writing(reached));
      await nodes.end(waiting, 'timeout', 'e', (transaction, written) =>
        timeline.writing(reached.slice(1))(transaction, written),
      );

      const stages = await timeline.of('a');
      assert.deepEqual(
        stages.map(({ stage, times }) => [stage, times]),
        [
          ['boot-device-set', 1],
          ['power-on-acknowledged', 1],
        ],
      );
      assert.deepEqual(stages[0]?.evidence, { persistent: false });
      assert.equal(stages[0]?.at, engine.kept(first));
    });

    it('counts what is seen of a machine under introspection, and has the last evidence', async () => {
      const { nodes, timeline } = storesOn(await engine.testDatabase());
      await begin(nodes, 'a');

      await timeline.see([seen({ times: 2 }), seen({ stage: 'dhcp-offer-sent' })]);
      await timeline.see([seen({ at: later, evidence: { mac, interface: 'br0' } })]);

      const [request, offer] = await timeline.of('a');
      assert.deepEqual(request, {
        stage: 'dhcp-request-seen',
        at: engine.kept(first),
        lastAt: engine.kept(later),
        times: 3,
        evidence: { mac, interface: 'br0' },
      });
      assert.equal(offer?.times, 1);
    });

    it('records nothing of strangers, of nodes that have ended, and of an address that two nodes have', async () => {
      const { nodes, timeline } = storesOn(await engine.testDatabase());
      const [other, shared] = ['52:54:00:00:00:02', '52:54:00:00:00:03'];
      const ended = await begin(nodes, 'a', [other, shared]);
      await nodes.end(ended, 'error', 'e');
      await begin(nodes, 'b', [shared]);
      await begin(nodes, 'c', [shared]);

      await timeline.see([seen(), seen({ mac: other }), seen({ mac: shared })]);
      await timeline.see([]);

      assert.deepEqual(
        [await timeline.of('a'), await timeline.of('b'), await timeline.of('c'), await timeline.of('none')],
        [[], [], [], []],
      );
    });

    it('finds the few among many', async () => {
      const { nodes, timeline } = storesOn(await engine.testDatabase());
      await begin(nodes, 'a');
      const strangers = Array.from({ length: 1200 }, (_, index) =>
        seen({
          mac: `52:54:01:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`,
        }),
      );

      await timeline.see([...strangers, seen()]);

      assert.equal((await timeline.of('a')).length, 1);
    });

    it('begins anew with a start and with a reapply, and goes with the node', async () => {
      const { clock, nodes, timeline } = storesOn(await engine.testDatabase());
      const record = await begin(nodes, 'a');
      await timeline.see([seen()]);
      const ended = await nodes.end(record, 'error', 'e');
      const kept = (await timeline.of('a')).length;
      clock.advance(5000);
      await nodes.beginReapply(ended, { kind: 'reapply', arguments: {}, data: '{}' });
      const reapplied = await timeline.of('a');
      await timeline.see([seen()]);
      await nodes.end(await nodes.get('a'), 'finish');
      clock.advance(5000);
      const again = await begin(nodes, 'a');
      const started = await timeline.of('a');
      await timeline.see([seen()]);

      await nodes.forget(again);
      const { query } = await engine.testDatabase();

      assert.equal(kept, 1);
      assert.deepEqual([reapplied, started, await timeline.of('a')], [[], [], []]);
      assert.deepEqual(await query.selectFrom('introspection_stages').selectAll().execute(), []);
    });

    it('leaves out what belongs to an introspection that another service has replaced', async () => {
      const database = await engine.testDatabase();
      const { nodes, timeline } = storesOn(database);
      await begin(nodes, 'a');
      await timeline.see([seen({ times: 7 })]);
      const started_at = database.dialect.encodeTimestamp('2026-11-23T00:00:00.000000');
      await database.query.updateTable('nodes').set({ started_at }).where('uuid', '=', 'a').execute();
      const replaced = await timeline.of('a');

      await timeline.see([seen({ at: later })]);

      assert.deepEqual(replaced, []);
      const [stage] = await timeline.of('a');
      assert.deepEqual([stage?.times, stage?.at], [1, engine.kept(later)]);
    });
  });
});
