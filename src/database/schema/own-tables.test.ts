import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forEachEngine } from '../../../testing/database-engines.ts';
import { schemaCatalogue } from '../../../testing/schema-catalogue.ts';
import { openTestDatabase } from '../../../testing/test-database.ts';
import { silentLogger } from '../../logging/logger.ts';
import { upgrade } from '../migrate.ts';
import type { MigrationQueries } from '../migrations/migration.ts';
import type { Tables } from '../tables.ts';
import { declaredTables } from './own-tables.ts';
import { schemaChanger } from './schema-changer.ts';

type ColumnsOf = { readonly [Table in keyof Tables]: { readonly [Column in keyof Tables[Table]]: true } };

/** What queries may name; it compiles only if it is `Tables`, no more and no less. */
const named: ColumnsOf = {
  nodes: {
    uuid: true,
    version_id: true,
    state: true,
    started_at: true,
    finished_at: true,
    error: true,
    manage_boot: true,
  },
  attributes: { uuid: true, node_uuid: true, name: true, value: true },
  options: { uuid: true, name: true, value: true },
  rules: { uuid: true, created_at: true, description: true, disabled: true, scope: true },
  rule_conditions: {
    id: true,
    rule: true,
    op: true,
    multiple: true,
    invert: true,
    field: true,
    params: true,
  },
  rule_actions: { id: true, rule: true, action: true, params: true },
  introspection_data: { uuid: true, processed: true, data: true },
  work_in_flight: {
    node_uuid: true,
    kind: true,
    arguments: true,
    data: true,
    created_at: true,
    version_id: true,
  },
  introspection_changes: { node_uuid: true, changes: true, started_at: true },
  introspection_accounts: { node_uuid: true, account: true, started_at: true },
  introspection_stages: {
    node_uuid: true,
    stage: true,
    started_at: true,
    first_at: true,
    last_at: true,
    times: true,
    evidence: true,
  },
  pxe_filter_health: { host: true, updated_at: true, health: true },
  lookup_failures: { digest: true, failed_at: true, times: true, document: true },
  rule_priorities: { rule: true, priority: true },
  unanswered_callbacks: { digest: true, node_uuid: true, started_at: true },
  conductors: { host: true, token: true, expires_at: true },
  conductor_locks: { name: true, holder: true },
  history_documents: { digest: true, size: true, touched_at: true, body: true },
  history_runs: {
    sequence: true,
    run: true,
    node_uuid: true,
    state: true,
    started_at: true,
    finished_at: true,
    error: true,
    unprocessed: true,
    processed: true,
    drift: true,
  },
  bulk_runs: {
    sequence: true,
    run: true,
    state: true,
    created_at: true,
    finished_at: true,
    total: true,
    selection: true,
    counts: true,
  },
  bulk_members: {
    run: true,
    place: true,
    node_uuid: true,
    name: true,
    state: true,
    tries: true,
    not_before: true,
    started_at: true,
    finished_at: true,
    reason: true,
  },
  bulk_pace: { name: true, pace: true },
  baremetal_nodes: {
    sequence: true,
    uuid: true,
    name: true,
    driver: true,
    provision_state: true,
    power_state: true,
    target_power_state: true,
    instance_uuid: true,
    maintenance: true,
    resource_class: true,
    version: true,
    document: true,
  },
  baremetal_ports: { sequence: true, uuid: true, address: true, node_uuid: true, document: true },
};

/** What differs although it means the same: the names of unnamed things, and NULL in a primary key. */
function comparable(lines: readonly string[]): string[] {
  return lines
    .map((line) =>
      line
        .replace('attributes_pkey', 'pk_attributes')
        .replace(/^(attributes column uuid VARCHAR\(36\)) 0/, '$1 1'),
    )
    .filter((line) => !line.startsWith('alembic_version'))
    .toSorted();
}

describe('declaredTables', () => {
  it('have the columns that queries may name', () => {
    const declared = declaredTables('sqlite').map(({ name, columns }) => [
      name,
      columns.map((column) => column.name).toSorted(),
    ]);

    const queried = Object.entries(named).map(([table, columns]) => [table, Object.keys(columns).toSorted()]);
    assert.deepEqual(Object.fromEntries(declared), Object.fromEntries(queried));
  });

  it('come after the tables that they refer to', () => {
    const seen = new Set<string>();

    for (const { name, foreignKeys = [] } of declaredTables('postgresql')) {
      seen.add(name);
      for (const key of foreignKeys) assert.ok(seen.has(key.table), `${name} -> ${key.table}`);
    }
  });
});

forEachEngine('declaredTables', (engine) => {
  it('are what the migrations make', async (t) => {
    const migrated = await openTestDatabase(await engine.emptyDatabase());
    const declared = await openTestDatabase(await engine.emptyDatabase());
    t.after(() => Promise.all([migrated.close(), declared.close()]));

    await upgrade(migrated, silentLogger());
    const schema = schemaChanger(declared.query as unknown as MigrationQueries, declared.dialect);
    for (const table of declaredTables(engine.name)) await schema.createTable(table);

    assert.deepEqual(
      comparable(await schemaCatalogue(declared)),
      comparable(await schemaCatalogue(migrated)),
    );
  });
});
