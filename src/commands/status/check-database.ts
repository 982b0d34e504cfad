import { resolve } from 'node:path';
import type { OptionsOf } from '../../config/option.ts';
import { parseConnectionUrl } from '../../database/connection-url.ts';
import type { Database } from '../../database/database.ts';
import type { databaseOptions } from '../../database/database-options.ts';
import { openDatabase } from '../../database/open-database.ts';
import { inMemory, sqlitePath } from '../../database/sqlite-path.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { silentLogger } from '../../logging/logger.ts';
import type { ConfigurationSurroundings } from '../configuration-of.ts';
import { contentsCheck, findOddContents } from './check-contents.ts';
import { findOddSchema, schemaCheck } from './check-schema.ts';
import { type Finding, results } from './upgrade-check.ts';

type DatabaseOptions = OptionsOf<typeof databaseOptions.options>;

/** What was not looked at, as something else must be done first. */
const notLookedAt: Finding = { check: contentsCheck, result: results.success, details: null };

/**
 * Whether the configured database can be used, and what is to be done first. Nothing is changed in it, nor is it
 * made. A server that does not answer is tried once.
 */
export async function checkDatabase(
  options: DatabaseOptions,
  on: Pick<ConfigurationSurroundings, 'exists' | 'workingDirectory'>,
): Promise<Finding[]> {
  let database: Database | undefined;
  try {
    const missing = missingFile(options, on);
    if (missing !== undefined) return [missing, notLookedAt];
    database = await openDatabase({ ...options, max_retries: 1 }, silentLogger());
    return [await findOddSchema(database), await findOddContents(database)];
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    return [{ check: schemaCheck, result: results.failure, details: error.message }, notLookedAt];
  } finally {
    await database?.close();
  }
}

/** Opening a SQLite file makes it, which is not for a check to do. */
function missingFile(
  { connection, connection_parameters: parameters }: DatabaseOptions,
  { exists, workingDirectory }: Pick<ConfigurationSurroundings, 'exists' | 'workingDirectory'>,
): Finding | undefined {
  const url = parseConnectionUrl(connection, parameters);
  if (url.engine !== 'sqlite') return undefined;
  const { file } = sqlitePath(url, silentLogger());
  const path = resolve(workingDirectory, file);
  if (file === inMemory || exists(path)) return undefined;
  const details = `There is no database ${path} yet. It is made by "ironic-inspector-dbsync upgrade", or when the service starts.`;
  return { check: schemaCheck, result: results.warning, details };
}
