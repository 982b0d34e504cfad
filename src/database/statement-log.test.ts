// Shows these lines of docs/compatibility.md: sql-debug-without-values.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEvent } from 'kysely';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { Logger } from '../logging/logger.ts';
import { statementLog } from './statement-log.ts';

const event = (level: 'query' | 'error') =>
  ({
    level,
    query: { sql: 'SELECT ?', parameters: ['secret'] },
    queryDurationMillis: 1.234,
  }) as unknown as LogEvent;

function logged(level: number, kind: 'query' | 'error', log: Logger): void {
  const write = statementLog(level, log);
  assert.ok(typeof write === 'function');
  void write(event(kind));
}

describe('connection_debug', () => {
  it('logs statements from 50 on, without their values', () => {
    const log = recordingLogger();

    logged(50, 'query', log);
    logged(100, 'error', log);

    assert.deepEqual(log.lines, ['info: SQL (1.2 ms): SELECT ?', 'info: SQL (1.2 ms, failed): SELECT ?']);
  });

  it('logs nothing below', () => {
    const levels = [0, 49].map((level) => statementLog(level, recordingLogger()));

    assert.deepEqual(levels, [[], []]);
  });
});
