import { type RawBuilder, sql } from 'kysely';
import type { DatabaseDialect } from '../../dialect.ts';
import type { Migration, MigrationContext } from '../migration.ts';
import { countRows, inNodeChunks } from './node-chunks.ts';

const dateColumn = (name: string) => ({ name, type: { kind: 'datetime' }, nullable: true }) as const;

/**
 * Seconds since the epoch become dates, in UTC and with what fraction the engine keeps. A time that is missing
 * stays so, while the original stops at a missing start (docs/compatibility.md, migrate-null-start).
 */
export const turnEpochsIntoDates: Migration = {
  revision: 'd00d6e3f38c4',
  revises: 'd2e48801c8ef',
  title: 'Change created|finished_at type to DateTime',
  created: '2016-12-15T17:18:10.728695',
  async upgrade(on) {
    const types = await on.schema.columnTypes('nodes');
    // An interrupted run on MySQL may have come to its end, but for the version.
    if (!types.has('temp_started_at') && !/float|double/.test(types.get('started_at') ?? '')) return;
    await on.schema.addColumn('nodes', dateColumn('temp_started_at'));
    await on.schema.addColumn('nodes', dateColumn('temp_finished_at'));
    await convert(on);
    await on.schema.replaceColumns('nodes', [
      { by: 'temp_started_at', column: dateColumn('started_at') },
      { by: 'temp_finished_at', column: dateColumn('finished_at') },
    ]);
  },
};

async function convert({ query, dialect, progress }: MigrationContext): Promise<void> {
  const total = await countRows(query, 'nodes');
  let done = 0;
  await inNodeChunks(query, async (inChunk) => {
    const { numAffectedRows = 0n } = await sql`
      UPDATE nodes SET temp_started_at = ${dateOf(dialect, 'started_at')},
        temp_finished_at = ${dateOf(dialect, 'finished_at')} WHERE ${inChunk('uuid')}`.execute(query);
    done += Number(numAffectedRows);
    progress(done, total, 'nodes');
  });
}

function dateOf({ name }: DatabaseDialect, column: string): RawBuilder<unknown> {
  return dates[name](sql.ref(column));
}

/** SQLite has dates as text with six fraction digits; MySQL cuts the fraction off. */
const dates: Readonly<Record<DatabaseDialect['name'], (epoch: RawBuilder<unknown>) => RawBuilder<unknown>>> =
  {
    sqlite(epoch) {
      const second = sql`CAST(${epoch} AS INTEGER)`;
      const microsecond = sql`(${second} * 1000000 + CAST(round((${epoch} - ${second}) * 1000000) AS INTEGER))`;
      return sql`strftime('%Y-%m-%d %H:%M:%S', ${microsecond} / 1000000, 'unixepoch')
      || printf('.%06d', ${microsecond} % 1000000)`;
    },
    postgresql: (epoch) => sql`to_timestamp(${epoch}) AT TIME ZONE 'UTC'`,
    mysql: (epoch) => sql`TIMESTAMPADD(SECOND, FLOOR(${epoch}), CAST('1970-01-01 00:00:00' AS DATETIME))`,
  };
