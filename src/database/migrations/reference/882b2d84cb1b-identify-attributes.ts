import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../../dialect.ts';
import type { Migration, MigrationContext } from '../migration.ts';
import { countRows, inNodeChunks } from './node-chunks.ts';

const varchar = (name: string, length: number, nullable: boolean) =>
  ({ name, type: { kind: 'varchar', length }, nullable }) as const;

/**
 * An attribute gets an identity of its own, so that two nodes may have the same value: `uuid` was its node's and
 * becomes the row's. Each row gets another one, while the original gives one to all rows of a node, and fails
 * (docs/compatibility.md, migrate-many-attributes).
 */
export const identifyAttributes: Migration = {
  revision: '882b2d84cb1b',
  revises: 'd00d6e3f38c4',
  title: 'attribute_constraints_relaxing',
  created: '2017-01-13T11:27:00.053286',
  async upgrade(on) {
    const { schema } = on;
    await schema.addColumn('attributes', varchar('node_uuid', 36, true));
    await schema.dropForeignKeysOver('attributes', ['uuid']);
    await moveOwners(on);
    await schema.replacePrimaryKey('attributes', { name: 'pk_attributes', columns: ['uuid'] });
    await schema.addForeignKey('attributes', {
      name: 'fk_node_attribute',
      columns: ['node_uuid'],
      table: 'nodes',
      references: ['uuid'],
    });
    await schema.alterColumn('attributes', varchar('name', 255, false));
    await schema.alterColumn('attributes', varchar('value', 255, true));
  },
};

async function moveOwners({ query, dialect, progress }: MigrationContext): Promise<void> {
  const total = await countRows(query, 'attributes');
  const identity = randomUuid[dialect.name];
  // Where a run may have been interrupted, a row without a node may have its own UUID by now; foreign keys hold
  // there, so the UUID of a node is known from that.
  const isOwner = dialect.name === 'mysql' ? sql`uuid IN (SELECT uuid FROM nodes)` : sql`uuid IS NOT NULL`;
  let done = 0;
  await inNodeChunks(query, async (inChunk) => {
    const { numAffectedRows = 0n } = await sql`
      UPDATE attributes SET node_uuid = uuid, uuid = ${identity}
      WHERE node_uuid IS NULL AND ${inChunk('uuid')} AND ${isOwner}`.execute(query);
    done += Number(numAffectedRows);
    progress(done, total, 'attributes');
  });
  await sql`UPDATE attributes SET uuid = ${identity} WHERE uuid IS NULL`.execute(query);
}

/** A new UUID for each row. `gen_random_uuid` came with PostgreSQL 13; MySQL makes them of time and place. */
const randomUuid: Readonly<Record<DatabaseDialect['name'], RawBuilder<unknown>>> = {
  sqlite: sql`lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
    || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`,
  postgresql: sql`md5(random()::text || clock_timestamp()::text)::uuid::text`,
  mysql: sql`UUID()`,
};
