// Shows these lines of docs/compatibility.md: rule-order.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../testing/database-engines.ts';
import { settableClock } from '../../testing/settable-clock.ts';
import type { Database } from '../database/database.ts';
import { parseJsonObject } from '../json/parse-json.ts';
import { pythonJson } from '../json/python-json.ts';
import type { Rule } from './rule.ts';
import { ruleDocument } from './rule-document.ts';
import { RuleStore } from './rule-store.ts';
import { validateRule } from './validate-rule.ts';

const uuids = [1, 2, 3, 4].map((digit) => `2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a0${digit}`);
const [first = '', second = '', third = ''] = uuids;

function rule(uuid: string, members: object = {}): Rule {
  const body = { uuid, actions: [{ action: 'fail', message: 'x' }], ...members };
  return validateRule(parseJsonObject(Buffer.from(JSON.stringify(body))), () => 'unused');
}

const text = (of: Rule) => pythonJson(ruleDocument(of), of.exactNumbers);

const missing = (uuid: string) => ({
  name: 'InspectorError',
  kind: 'not-found',
  message: `Rule ${uuid} was not found`,
});

/** As after a COMMIT whose answer was lost: each transaction is run and stored, and then run again. */
function runningTwice(database: Database): Database {
  return {
    ...database,
    transaction: async (work) => {
      await database.transaction(work);
      return await database.transaction(work);
    },
  };
}

forEachEngine('RuleStore', (engine) => {
  describe('RuleStore', () => {
    it('gives back what was created, to the numeral', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());
      const body = `{"uuid": "${first}", "description": "é", "scope": "s",
        "conditions": [{"op": "eq", "field": "a", "value": 1.0, "multiple": "all", "invert": true},
          {"op": "is-empty", "field": "data://b[*].c"}],
        "actions": [{"action": "set-attribute", "path": "/a", "value": {"😀": [1e400000000, null]}},
          {"action": "fail", "message": "x"}]}`.replace('1e400000000', '18446744073709551616');
      const given = validateRule(parseJsonObject(Buffer.from(body)), () => 'unused');

      const created = await store.create(given);

      assert.equal(text(created), text(given));
      assert.equal(text(await store.get(first)), text(given));
    });

    it('stores rows as the original does', async () => {
      const database = await engine.testDatabase();
      const store = new RuleStore(database, settableClock());

      await store.create(rule(first, { conditions: [{ op: 'eq', field: 'a', value: ['é', 1] }] }));

      const row = await database.query.selectFrom('rules').selectAll().executeTakeFirstOrThrow();
      const { created_at, disabled, ...rest } = { ...row };
      assert.deepEqual(rest, { uuid: first, description: null, scope: null });
      assert.equal(database.dialect.decodeBoolean(disabled), false);
      const time = engine.kept('2026-11-22T13:36:35.123000');
      assert.equal(database.dialect.decodeTimestamp(created_at), time);
      const condition = await database.query
        .selectFrom('rule_conditions')
        .select(['params', 'multiple'])
        .execute();
      assert.deepEqual({ ...condition[0] }, { params: '{"value": ["\\u00e9", 1]}', multiple: 'any' });
    });

    it('lists in the order of creation, also within one second', async () => {
      const clock = settableClock();
      const store = new RuleStore(await engine.testDatabase(), clock);
      await store.create(rule(third, { description: 'one' }));
      await store.create(rule(second, { description: 'two', scope: 's' }));
      clock.advance(-60_000);
      await store.create(rule(first));

      const list = await store.list();

      assert.deepEqual(list, [
        { uuid: first, description: null, scope: null },
        { uuid: third, description: 'one', scope: null },
        { uuid: second, description: 'two', scope: 's' },
      ]);
      assert.equal((await store.list()).length, 3);
    });

    it('reads all rules with all that is in them, in the same order', async () => {
      const clock = settableClock();
      const store = new RuleStore(await engine.testDatabase(), clock);
      const none = await store.all();
      const conditions = [
        { op: 'eq', field: 'a', value: 1 },
        { op: 'is-empty', field: 'b' },
      ];
      await store.create(rule(second, { conditions }));
      clock.advance(-60_000);
      await store.create(rule(first));

      const all = await store.all();

      assert.deepEqual(none, []);
      assert.deepEqual(
        all.map(({ uuid }) => uuid),
        [first, second],
      );
      for (const each of all) assert.equal(text(each), text(await store.get(each.uuid)));
    });

    it('refuses a UUID that is in use', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());
      await store.create(rule(first));

      await assert.rejects(store.create(rule(first)), {
        name: 'InspectorError',
        kind: 'conflict',
        message: `Rule with UUID ${first} already exists`,
      });
      assert.equal((await store.list()).length, 1);
    });

    it('lets one of two creators of a UUID win', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());

      const results = await Promise.allSettled([
        store.create(rule(first, { description: 'one' })),
        store.create(rule(first, { description: 'two' })),
      ]);

      const outcome = results.map((result) =>
        result.status === 'rejected' ? result.reason.kind : 'created',
      );
      assert.deepEqual(new Set(outcome), new Set(['conflict', 'created']));
      assert.equal((await store.get(first)).actions.length, 1);
    });

    it('deletes one rule, with all that belongs to it', async () => {
      const database = await engine.testDatabase();
      const store = new RuleStore(database, settableClock());
      await store.create(rule(first, { conditions: [{ op: 'is-empty', field: 'a' }] }));
      await store.create(rule(second));

      await store.delete(first);

      assert.deepEqual(
        (await store.list()).map(({ uuid }) => uuid),
        [second],
      );
      const actions = await database.query.selectFrom('rule_actions').select('rule').execute();
      assert.deepEqual(
        actions.map((row) => row.rule),
        [second],
      );
      assert.deepEqual(await database.query.selectFrom('rule_conditions').selectAll().execute(), []);
    });

    it('has nothing for another UUID, nor for another spelling', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());
      await store.create(rule('AAAAAAAA-5f0a-4f6e-8b61-0a0a0a0a0a01'));
      const other = 'aaaaaaaa-5f0a-4f6e-8b61-0a0a0a0a0a01';

      await assert.rejects(store.get(other), missing(other));
      await assert.rejects(store.delete(other), missing(other));
      await assert.rejects(store.delete('é'), missing('é'));
      assert.equal((await store.list()).length, 1);
    });

    it('deletes all rules, and nothing from none', async () => {
      const database = await engine.testDatabase();
      const store = new RuleStore(database, settableClock());
      await store.create(rule(first, { conditions: [{ op: 'is-empty', field: 'a' }] }));
      await store.create(rule(second));

      await store.deleteAll();
      await store.deleteAll();

      assert.deepEqual(await store.list(), []);
      assert.deepEqual(await database.query.selectFrom('rule_actions').selectAll().execute(), []);
    });

    it('does no harm when a stored transaction is run again', async () => {
      const store = new RuleStore(runningTwice(await engine.testDatabase()), settableClock());

      await store.create(rule(first, { description: 'é' }));
      const created = await store.list();
      await store.delete(first);

      assert.deepEqual(
        created.map(({ uuid }) => uuid),
        [first],
      );
      assert.deepEqual(await store.list(), []);
    });

    it('does not take the rule of somebody else for its own in a second run', async () => {
      const database = await engine.testDatabase();
      await new RuleStore(database, settableClock()).create(rule(first, { description: 'theirs' }));
      const rerun: Database = {
        ...database,
        transaction: async (work) => {
          await database.transaction(work).catch(() => undefined);
          return await database.transaction(work);
        },
      };

      const creation = new RuleStore(rerun, settableClock()).create(rule(first, { description: 'ours' }));

      await assert.rejects(creation, { kind: 'conflict' });
    });

    it('answers with what the engine keeps of a description', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());

      const created = await store.create(rule(first, { description: 'a😀', scope: '😀' }));

      const { description, scope } = await store.get(first);
      assert.deepEqual([created.description, created.scope], [description, scope]);
      assert.match(description ?? '', /^a/);
    });

    it('reads rows of old versions, and names a rule that it cannot read', async () => {
      const database = await engine.testDatabase();
      const store = new RuleStore(database, settableClock());
      await store.create(rule(first, { conditions: [{ op: 'is-empty', field: 'a', invert: true }] }));
      await database.query.updateTable('rule_conditions').set({ invert: null, params: null }).execute();

      const [condition] = (await store.get(first)).conditions;
      await database.query.updateTable('rule_actions').set({ params: '{' }).execute();

      assert.deepEqual(condition, {
        op: 'is-empty',
        field: 'a',
        multiple: 'any',
        invert: false,
        params: {},
      });
      await assert.rejects(store.get(first), { kind: 'internal', message: /^Rule .* cannot be read/ });
    });

    it('takes as many conditions as a rule may have', async () => {
      const store = new RuleStore(await engine.testDatabase(), settableClock());
      const conditions = Array.from({ length: 1000 }, (_, value) => ({ op: 'eq', field: 'a', value }));

      await store.create(rule(first, { conditions }));

      const stored = (await store.get(first)).conditions;
      assert.deepEqual(
        stored.map(({ params }) => params.value),
        [...Array(1000).keys()],
      );
    });
  });
});
