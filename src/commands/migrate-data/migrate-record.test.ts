// Shows these lines of docs/compatibility.md: migrate-data-present, migrate-data-stale-target.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swiftInMemory } from '../../../testing/swift-in-memory.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DataStore } from '../../introspection-data/data-store.ts';
import { swiftDataStore } from '../../introspection-data/swift-store.ts';
import { migrateRecord } from './migrate-record.ts';

const record = { uuid: 'n1', kind: 'unprocessed' } as const;
const name = 'inspector_data-n1-UNPROCESSED';

/** Two stores, of which the first has this text; and what was written to the second. */
function stores(text?: string, there?: string, changes: Partial<DataStore> = {}) {
  const from = swiftInMemory();
  const to = swiftInMemory();
  if (text !== undefined) from.objects.set(name, text);
  if (there !== undefined) to.objects.set(name, there);
  const writes: string[] = [];
  const target = swiftDataStore(to);
  const counted: DataStore = {
    ...target,
    async save(uuid, kind, saved) {
      writes.push(saved);
      await target.save(uuid, kind, saved);
    },
    ...changes,
  };
  return { source: swiftDataStore(from), target: counted, there: () => to.objects.get(name), writes };
}

describe('migrateRecord', () => {
  it('copies the text byte for byte', async () => {
    const text = '{"b": 1.0, "a": NaN,  "c": "\\u00e9"}';
    const both = stores(text);

    assert.deepEqual(await migrateRecord(both, record), { kind: 'copied' });
    assert.equal(both.there(), text);
  });

  it('replaces what differs at the target', async () => {
    const both = stores('{"a": 1}', '{"a": 2}');

    assert.deepEqual(await migrateRecord(both, record), { kind: 'copied' });
    assert.equal(both.there(), '{"a": 1}');
  });

  it('writes nothing where the target has the same', async () => {
    const both = stores('{"a": 1}', '{"a": 1}');

    assert.deepEqual(await migrateRecord(both, record), { kind: 'present' });
    assert.deepEqual(both.writes, []);
  });

  for (const text of ['{}', '{ }', 'null', '[]', '""', '0', 'false']) {
    it(`passes over ${text}`, async () => {
      const both = stores(text);

      assert.deepEqual(await migrateRecord(both, record), { kind: 'no content' });
      assert.deepEqual(both.writes, []);
    });
  }

  it('fails where nothing is stored, but not where the target has data', async () => {
    assert.deepEqual(await migrateRecord(stores(), record), {
      kind: 'failed',
      reason: 'the swift store has no data of n1(processed=False)',
      isUnreachable: false,
    });
    assert.deepEqual(await migrateRecord(stores(undefined, '{"a": 1}'), record), { kind: 'present' });
  });

  it('does not carry damaged text over', async () => {
    const both = stores(`{"a": "${'x'.repeat(100)}`);

    const outcome = await migrateRecord(both, record);

    assert.equal(outcome.kind, 'failed');
    assert.deepEqual(both.writes, []);
  });

  it('succeeds when only the answer to writing was lost', async () => {
    const lost = new InspectorError('unavailable', 'the connection broke');
    const both = stores('{"a": 1}', '{"a": 2}');
    const target: DataStore = {
      ...both.target,
      async save(uuid, kind, text) {
        await both.target.save(uuid, kind, text);
        throw lost;
      },
    };

    assert.deepEqual(await migrateRecord({ ...both, target }, record), { kind: 'copied' });
  });

  it('fails when writing fails, whatever older data the target has', async () => {
    const save = async () => {
      throw new InspectorError('unavailable', 'Swift is full');
    };
    const both = stores('{"a": 1}', '{"a": 2}', { save });

    assert.deepEqual(await migrateRecord(both, record), {
      kind: 'failed',
      reason: 'Swift is full',
      isUnreachable: true,
    });
  });

  it('fails with the first reason when the target cannot be looked at afterwards', async () => {
    let looks = 0;
    const changes: Partial<DataStore> = {
      save: async () => {
        throw new Error('first');
      },
      digest: async () => {
        if (looks++ > 0) throw new Error('second');
        return undefined;
      },
    };

    const outcome = await migrateRecord(stores('{"a": 1}', undefined, changes), record);

    assert.deepEqual(outcome, { kind: 'failed', reason: 'first', isUnreachable: false });
  });

  it('fails when the source does not answer', async () => {
    const both = stores('{"a": 1}');
    const get = async () => {
      throw new InspectorError('unavailable', 'no route');
    };

    const outcome = await migrateRecord({ ...both, source: { ...both.source, get } }, record);

    assert.deepEqual(outcome, { kind: 'failed', reason: 'no route', isUnreachable: true });
  });
});
