import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swiftInMemory } from '../../testing/swift-in-memory.ts';
import { swiftDataStore } from './swift-store.ts';
import { textDigest } from './text-digest.ts';

describe('the Swift store', () => {
  it('says that it keeps data', () => {
    const store = swiftDataStore(swiftInMemory());

    assert.deepEqual([store.name, store.keeps], ['swift', true]);
  });

  it('keeps each kind in an object of the name that the original gives it', async () => {
    const swift = swiftInMemory();
    const store = swiftDataStore(swift);

    await store.save('n1', 'processed', '{"a": 1}');
    await store.save('n1', 'unprocessed', '{}');

    assert.deepEqual(
      [...swift.objects],
      [
        ['inspector_data-n1', '{"a": 1}'],
        ['inspector_data-n1-UNPROCESSED', '{}'],
      ],
    );
    assert.equal(await store.get('n1', 'processed'), '{"a": 1}');
    assert.equal(await store.get('n1', 'unprocessed'), '{}');
  });

  it('knows the digest of what it has', async () => {
    const store = swiftDataStore(swiftInMemory());
    await store.save('n1', 'processed', '{"ü": 1}');

    assert.equal(await store.digest('n1', 'processed'), textDigest('{"ü": 1}'));
    assert.equal(await store.digest('n1', 'unprocessed'), undefined);
  });

  it('lets go of its connections', async () => {
    const swift = swiftInMemory();

    await swiftDataStore(swift).close?.();

    await assert.rejects(swift.get('x'), /closed/);
  });
});
