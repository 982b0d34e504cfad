// Shows these lines of docs/compatibility.md: sql-debug-without-values.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEvent } from 'kysely';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { statementLog } from './statement-log.ts';

const event = (level: 'query' | 'error') =>
  ({
    level,
    query: { sql: 'SELECT ?', parameters: ['secret'] },
    queryDurationMillis: 1.234,
  }) as unknown as LogEvent;

describe('connection_debug', () => {
  it('logs statements from 50 on, without their values', () => {
    const log = recordingLogger();

    statementLog(50, log)(event('query'));
    statementLog(100, log)(event('error'));

    assert.deepEqual(log.lines, ['info: SQL (1.2 ms): SELECT ?', 'info: SQL (1.2 ms, failed): SELECT ?']);
  });

  it('logs nothing below', () => {
    const log = recordingLogger();

    statementLog(0, log)(event('query'));
    statementLog(49, log)(event('error'));

    assert.deepEqual(log.lines, []);
  });
});
