import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loggerOver } from './logger.ts';
import type { OpenLogger } from './open-logger.ts';
import { switchableLog } from './switchable-log.ts';

function recordingLog(name: string, record: string[]): OpenLogger {
  return {
    logger: loggerOver((level, message) => void record.push(`${name} ${level} ${message}`)),
    setLevel: (level) => void record.push(`${name} at ${level}`),
    reopen: () => void record.push(`${name} reopened`),
    close: async () => void record.push(`${name} closed`),
  };
}

describe('a log that can be switched', () => {
  it('goes on with the new log, also for those who hold its logger', async () => {
    const record: string[] = [];
    const log = switchableLog(recordingLog('first', record));
    const child = log.logger.child('[node]');

    child.info('before');
    await log.switchTo(recordingLog('second', record));
    child.error('after');
    log.setLevel('debug');
    log.reopen();
    await log.close();

    assert.deepEqual(record, [
      'first info [node] before',
      'first closed',
      'second error [node] after',
      'second at debug',
      'second reopened',
      'second closed',
    ]);
  });
});
