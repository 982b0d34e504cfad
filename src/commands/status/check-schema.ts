import type { Database } from '../../database/database.ts';
import { isNewestSchema } from '../../database/migrate.ts';
import type { MigrationQueries } from '../../database/migrations/migration.ts';
import { requireKnownVersions } from '../../database/migrations/refusals.ts';
import { readVersions, type Versions } from '../../database/migrations/versions.ts';
import { headOf } from '../../database/revisions.ts';
import { liveColumns } from '../../database/schema/live-columns.ts';
import { missingParts } from '../../database/schema/missing-parts.ts';
import { declaredTables } from '../../database/schema/own-tables.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { type Finding, results } from './upgrade-check.ts';

/** The name of this check. */
export const schemaCheck = 'Database Schema';

const upgrade = 'run "ironic-inspector-dbsync upgrade"';

const onlyOurs =
  'The database has the newest tables of OpenStack ironic-inspector. Ours are added when the service starts, or by ' +
  '"ironic-inspector-dbsync upgrade"; OpenStack ironic-inspector can use the database afterwards, too.';

/** Whether the tables are those of the newest revision, can be brought there, or cannot. */
export async function findOddSchema(database: Database): Promise<Finding> {
  const { dialect } = database;
  const query = database.query as unknown as MigrationQueries;
  const versions = await readVersions({ query, dialect });
  const refusal = refusalOf(versions);
  if (refusal !== undefined) return finding('failure', refusal);
  if (versions.reference !== headOf('reference')) return finding('warning', stepsLeft(versions));
  if (!(await isNewestSchema(database))) return finding('success', onlyOurs);
  const missing = missingParts(await liveColumns(query, dialect), declaredTables(dialect.name));
  if (missing.length === 0) return finding('success', null);
  return finding(
    'failure',
    `The database is at the newest revision, but it lacks ${missing.join(', ')}. Restore it from a backup, or stamp the revision that it really has and ${upgrade}.`,
  );
}

function finding(result: keyof typeof results, details: string | null): Finding {
  return { check: schemaCheck, result: results[result], details };
}

function refusalOf(versions: Versions): string | undefined {
  try {
    requireKnownVersions(versions);
    return undefined;
  } catch (error) {
    if (error instanceof InspectorError) return `${error.message}.`;
    throw error;
  }
}

function stepsLeft({ reference }: Versions): string {
  if (reference === null) return `The database is empty: ${upgrade}.`;
  return `The database is at revision ${reference}, the newest is ${headOf('reference')}: stop the services that use it, and ${upgrade}.`;
}
