import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { overheardLogger } from './overheard-logger.ts';

describe('overheardLogger', () => {
  it('logs, and tells what was said, without the prefixes', () => {
    const log = recordingLogger();
    const heard: string[] = [];
    const overheard = overheardLogger(log, (level, message) => heard.push(`${level} ${message}`));

    overheard.warning('a');
    overheard.child('[b]').error('c');

    assert.deepEqual(log.lines, ['warning: a', 'error: [b] c']);
    assert.deepEqual(heard, ['warning a', 'error c']);
  });
});
