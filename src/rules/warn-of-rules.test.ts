import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { warnOfRules } from './warn-of-rules.ts';

describe('warnOfRules', () => {
  it('says how many rules are not evaluated', async () => {
    const log = recordingLogger();

    await warnOfRules({ count: async () => 3 }, log);

    assert.deepEqual(log.lines, [
      'warning: Introspection rules in the database: 3. This version keeps them, and does not evaluate them yet',
    ]);
  });

  it('says nothing when there are none', async () => {
    const log = recordingLogger();

    await warnOfRules({ count: async () => 0 }, log);

    assert.deepEqual(log.lines, []);
  });
});
