import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { getHeapSpaceStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { releaseStartMemory } from './release-start-memory.ts';

function newSpace(): number {
  const spaces = getHeapSpaceStatistics();
  return spaces.find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}

describe('the memory of the start', () => {
  it('is given back, and nothing more can be collected by name', async () => {
    const kept: object[] = [];
    for (let i = 0; i < 300_000; i++) kept.push({ i });
    const grown = newSpace();

    releaseStartMemory(undefined, 0);
    await new Promise((resolve) => setTimeout(resolve, 10));

    assert.ok(newSpace() < grown, `${newSpace()} of ${grown}`);
    assert.equal(kept.length, 300_000);
    assert.equal('gc' in globalThis, false);
  });

  it('does not keep a process alive that ends before', async () => {
    const module = new URL('./release-start-memory.ts', import.meta.url).href;
    const source = `import('${module}').then(({ releaseStartMemory }) => releaseStartMemory(() => process.exit(3), 60_000));`;

    const [exitCode] = (await once(new Worker(source, { eval: true }), 'exit')) as [number];

    assert.equal(exitCode, 0);
  });
});
