import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeRecord } from '../../../testing/api-dependencies.ts';
import type { NodeRecord } from '../../nodes/node-record.ts';
import type { IntrospectionStatus } from '../../registry/lost-inspections.ts';
import { reconcileInspections } from './reconcile-inspections.ts';

async function statusOf(record: NodeRecord | undefined): Promise<IntrospectionStatus | undefined> {
  const statuses: (IntrospectionStatus | undefined)[] = [];
  const registry = {
    reconcile: async (introspectionOf: (uuid: string) => Promise<IntrospectionStatus | undefined>) =>
      void statuses.push(await introspectionOf('a')),
  };
  await reconcileInspections(registry, { find: async () => record }, 60).run();
  return statuses[0];
}

describe('the task that reconciles inspections', () => {
  it('tells that an introspection runs', async () => {
    const record = nodeRecord({ state: 'waiting' });

    assert.deepEqual(await statusOf(record), { running: true, error: null, startedAt: record.startedAt });
  });

  it('tells how an introspection has ended', async () => {
    const finishedAt = '2026-11-22T14:36:35.999804';

    const finished = await statusOf(nodeRecord({ state: 'finished', finishedAt }));
    const failed = await statusOf(nodeRecord({ state: 'error', finishedAt, error: 'no disks' }));
    const damaged = await statusOf(nodeRecord({ state: 'error' }));

    assert.deepEqual([finished?.running, finished?.error], [false, null]);
    assert.deepEqual([failed?.running, failed?.error], [false, 'no disks']);
    assert.deepEqual([damaged?.running, damaged?.error], [false, 'The reason was not recorded']);
  });

  it('tells that there is none', async () => {
    assert.equal(await statusOf(undefined), undefined);
  });

  it('has a name and a period', () => {
    const task = reconcileInspections({ reconcile: async () => {} }, { find: async () => undefined }, 60);

    assert.deepEqual([task.name, task.everySeconds], ['reconcile-inspections', 60]);
  });
});
