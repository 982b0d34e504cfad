import type { Clock } from '../../host/clock.ts';
import type { Logger } from '../../logging/logger.ts';
import type { DatabaseDialect } from '../dialect.ts';
import type { HistoryName } from '../revisions.ts';
import { schemaChanger } from '../schema/schema-changer.ts';
import type { Migration, MigrationQueries } from './migration.ts';
import { reportedProgress } from './progress.ts';
import { isApplied, recordVersion } from './versions.ts';

/** What a step needs besides itself. */
export interface StepDependencies {
  readonly connection: MigrationQueries;
  readonly dialect: DatabaseDialect;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Does one step and records it, unless another process has meanwhile. All of it is one transaction where the
 * engine's DDL has any; on MySQL an interrupted step is done again.
 */
export async function applyStep(
  { connection, dialect, log, clock }: StepDependencies,
  history: HistoryName,
  step: Migration,
): Promise<void> {
  const label = `Running upgrade ${step.revises ?? ''} -> ${step.revision}`;
  const work = async (query: MigrationQueries) => {
    if (await isApplied(query, history, step.revision)) return;
    log.info(`${label}, ${step.title}`);
    const progress = reportedProgress(label, (message) => log.info(message), clock);
    await step.upgrade({ schema: schemaChanger(query, dialect), query, dialect, progress });
    await recordVersion(query, history, step.revision);
  };
  if (dialect.name === 'mysql') await work(connection);
  else await connection.transaction().execute(work);
}
