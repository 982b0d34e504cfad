import assert from 'node:assert/strict';
import { it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { cleanUpHistory } from './clean-up-history.ts';

it('cleanUpHistory tells what it has deleted, if anything', async () => {
  const log = recordingLogger();
  const done = [
    { runs: 0, documents: 0 },
    { runs: 2, documents: 1 },
  ];
  const task = cleanUpHistory(async () => done.shift() ?? { runs: 0, documents: 0 }, 600, log);

  await task.run();
  await task.run();

  assert.deepEqual(log.lines, ['info: Cleaned up the history: 2 run(s) and 1 document(s)']);
  assert.equal(task.everySeconds, 600);
});
