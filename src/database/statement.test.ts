import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testDatabase } from '../../testing/test-database.ts';
import { listStatement, statement } from './statement.ts';

interface Option {
  readonly uuid: string;
  readonly name: string;
  readonly value: string | null;
}

describe('statement', () => {
  it('is built once for a database and its transactions, and takes other values each time', async () => {
    let built = 0;
    const insert = statement((query, { uuid, name, value }: Option) => {
      built += 1;
      return query.insertInto('options').values({ uuid, name, value });
    });
    const { query } = await testDatabase();

    await insert(query, { uuid: 'a', name: 'one', value: '1' });
    await query
      .transaction()
      .execute((transaction) => insert(transaction, { uuid: 'b', name: 'two', value: null }));

    assert.equal(built, 1);
    assert.deepEqual(plain(await query.selectFrom('options').selectAll().orderBy('uuid').execute()), [
      { uuid: 'a', name: 'one', value: '1' },
      { uuid: 'b', name: 'two', value: null },
    ]);
  });

  it('is built for each database', async () => {
    let built = 0;
    const select = statement((query, { uuid }: Pick<Option, 'uuid'>) => {
      built += 1;
      return query.selectFrom('options').selectAll().where('uuid', '=', uuid);
    });
    const databases = [await testDatabase(), await testDatabase()];

    for (const { query } of databases) assert.deepEqual((await select(query, { uuid: 'a' })).rows, []);

    assert.equal(built, 2);
  });

  it('keeps the values that it always has in their places', async () => {
    const { query } = await testDatabase();
    await query.insertInto('options').values({ uuid: 'a', name: 'one', value: null }).execute();
    const select = statement((from, { uuid, value }: Omit<Option, 'name'>) =>
      from
        .selectFrom('options')
        .select('name')
        .where('uuid', '=', uuid)
        .where((where) => where(where.fn.coalesce('value', where.val('none')), '=', value)),
    );

    const found = await select(query, { uuid: 'a', value: 'none' });
    const others = await select(query, { uuid: 'none', value: 'a' });

    assert.deepEqual(plain(found.rows), [{ name: 'one' }]);
    assert.deepEqual(others.rows, []);
  });

  it('says how many rows it has changed', async () => {
    const { query } = await testDatabase();
    await query.insertInto('options').values({ uuid: 'a', name: 'one', value: null }).execute();
    const remove = statement((from, { uuid }: Pick<Option, 'uuid'>) =>
      from.deleteFrom('options').where('uuid', '=', uuid),
    );

    assert.equal((await remove(query, { uuid: 'a' })).numAffectedRows, 1n);
    assert.equal((await remove(query, { uuid: 'a' })).numAffectedRows, 0n);
  });

  it('refuses to be built from values that are not named', async () => {
    const insert = statement((query, option: Option) => query.insertInto('options').values({ ...option }));
    const { query } = await testDatabase();

    assert.throws(
      () => insert(query, { uuid: 'a', name: 'one', value: null }),
      /must name each of its values/,
    );
  });
});

describe('listStatement', () => {
  const select = listStatement((query, uuids: readonly string[]) =>
    query.selectFrom('options').select('uuid').where('uuid', 'in', uuids).orderBy('uuid'),
  );

  for (const count of [1, 2, 16, 17, 40]) {
    it(`takes ${count} values`, async () => {
      const { query } = await testDatabase();
      const uuids = Array.from({ length: count }, (_, index) => String(index).padStart(2, '0'));
      for (const uuid of uuids)
        await query.insertInto('options').values({ uuid, name: 'any', value: null }).execute();

      const first = await select(query, uuids);
      const last = await select(query, uuids.toReversed());

      assert.deepEqual(
        plain(first.rows),
        uuids.map((uuid) => ({ uuid })),
      );
      assert.deepEqual(last.rows, first.rows);
    });
  }
});

/** Rows of SQLite have no prototype. */
function plain<Row extends object>(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row }));
}
