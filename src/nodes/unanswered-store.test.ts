import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { digestOf } from '../json/digest-of.ts';
import { UnansweredStore } from './unanswered-store.ts';

forEachEngine('UnansweredStore', (engine) => {
  describe('unanswered callbacks', () => {
    it('knows a document once, by its every byte', async () => {
      const store = new UnansweredStore(await engine.testDatabase());

      await store.add('n1', digestOf('{"a": 1}'));

      assert.equal(await store.take(digestOf('{"a":1}')), undefined);
      assert.equal(await store.take(digestOf('{"a": 1}')), 'n1');
      assert.equal(await store.take(digestOf('{"a": 1}')), undefined);
    });

    it('keeps the last document of a node', async () => {
      const store = new UnansweredStore(await engine.testDatabase());

      await store.add('n1', digestOf('first'));
      await store.add('n1', digestOf('second'));

      assert.equal(await store.take(digestOf('first')), undefined);
      assert.equal(await store.take(digestOf('second')), 'n1');
    });
  });
});
