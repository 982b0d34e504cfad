import type { LogConfig } from 'kysely';
import type { Logger } from '../logging/logger.ts';

/** From this `[database]connection_debug` on, SQLAlchemy logs statements too. */
const statementsFrom = 50;

/**
 * What Kysely logs: each statement, or nothing below level 50. Values are left out at every level: there are passwords
 * of BMCs among them.
 */
export function statementLog(level: number, log: Logger): LogConfig {
  // Not even a function that does nothing: Kysely would prepare what it is to be called with.
  if (level < statementsFrom) return [];
  return ({ level: kind, query, queryDurationMillis }) =>
    log.info(`SQL (${queryDurationMillis.toFixed(1)} ms${kind === 'error' ? ', failed' : ''}): ${query.sql}`);
}
