import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { abandonedNodes } from './abandoned-nodes.ts';
import type { BusyNode } from './node-store.ts';

/** Looks once for each list; `null` stands for a database that is away. */
async function looks(...lists: (Record<string, number> | null)[]): Promise<(string[] | 'failed')[]> {
  let busy: BusyNode[] | undefined;
  const look = abandonedNodes(async () => {
    if (busy === undefined) throw new Error('no database');
    return busy;
  }, 3);
  const found: (string[] | 'failed')[] = [];
  for (const list of lists) {
    busy = list === null ? undefined : Object.entries(list).map(([uuid, version]) => ({ uuid, version }));
    found.push(await look().catch(() => 'failed' as const));
  }
  return found;
}

describe('abandonedNodes', () => {
  it('are those that look after look finds unchanged', async () => {
    const found = await looks({ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 1, b: 3 }, { a: 1, b: 3 });

    assert.deepEqual(found, [[], [], ['a'], ['a']]);
  });

  it('are not those that were at rest in between', async () => {
    const found = await looks({ a: 1 }, { a: 1 }, {}, { a: 1 }, { a: 1 }, { a: 1 });

    assert.deepEqual(found, [[], [], [], [], [], ['a']]);
  });

  it('are looked for anew when a look has failed', async () => {
    const found = await looks({ a: 1 }, { a: 1 }, null, { a: 1 }, { a: 1 }, { a: 1 });

    assert.deepEqual(found, [[], [], 'failed', [], [], ['a']]);
  });
});
