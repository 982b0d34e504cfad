import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { ruleOf } from '../../testing/rule-case.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import { RuleStore } from './rule-store.ts';

const one = ruleOf({ description: 'one' }, 1);
const two = ruleOf({ description: 'two' }, 2);
const three = ruleOf({ description: 'three' }, 3);

forEachEngine('RuleStore with priorities', (engine) => {
  const setUp = async () => {
    const store = new RuleStore(await engine.testDatabase(), settableClock());
    for (const rule of [one, two, three]) await store.create(rule);
    return { store, order: async () => (await store.all()).map(({ description }) => description) };
  };

  describe('RuleStore.update', () => {
    it('puts rules of a higher priority first, and keeps the others in their turn', async () => {
      const { store, order } = await setUp();

      await store.update(three, 10);
      await store.update(one, -1);

      assert.deepEqual(await order(), ['three', 'two', 'one']);
      assert.deepEqual(
        (await store.listWithPriorities()).map(({ priority }) => priority),
        [10, 0, -1],
      );
      assert.ok((await store.list()).every((rule) => !Object.hasOwn(rule, 'priority')));
    });

    it('keeps turn and priority of a rule that it changes', async () => {
      const { store, order } = await setUp();
      const actions = [
        { action: 'add-trait', name: 'A' },
        { action: 'add-trait', name: 'B' },
      ];
      const conditions = [{ op: 'eq', field: 'a', value: 1 }];

      const { priority } = await store.update(ruleOf({ description: 'new', conditions, actions }, 1));

      const stored = await store.get(one.uuid);
      assert.deepEqual(await order(), ['new', 'two', 'three']);
      assert.equal(priority, 0);
      assert.deepEqual(
        [stored.conditions.length, stored.actions.map(({ params }) => params.name)],
        [1, ['A', 'B']],
      );
    });

    it('forgets the priority of a rule that is deleted, and refuses one that is not there', async () => {
      const { store } = await setUp();
      await store.update(one, 3);
      await store.delete(one.uuid);

      await assert.rejects(store.update(one, 3), { kind: 'not-found' });
      await store.create(one);
      await store.update(two, 0);

      assert.ok((await store.listWithPriorities()).every(({ priority }) => priority === 0));
    });
  });
});
