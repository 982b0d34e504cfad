import assert from 'node:assert/strict';
import { it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { closeAll } from './close-all.ts';

it('closes all, whatever one of them does', async () => {
  const log = recordingLogger();
  const closed: string[] = [];
  const failing = { close: () => Promise.reject(new Error('gone')) };
  const database = { close: async () => void closed.push('database') };

  await closeAll([{}, failing, database], log);

  assert.deepEqual(closed, ['database']);
  assert.deepEqual(log.at('warning'), ['A store could not be closed: gone']);
});
