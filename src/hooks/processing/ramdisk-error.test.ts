import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLogger } from '../../logging/logger.ts';
import { ramdiskErrorHook } from './ramdisk-error.ts';

const context = { log: silentLogger() };

describe('ramdisk_error', () => {
  it('passes when there is no error', () => {
    for (const error of [null, false, '', 0, [], {}])
      ramdiskErrorHook().beforeProcessing?.({ error }, context);
    ramdiskErrorHook().beforeProcessing?.({}, context);
  });

  it('fails with what the ramdisk says', () => {
    assert.throws(() => ramdiskErrorHook().beforeProcessing?.({ error: 'the disk is on fire' }, context), {
      kind: 'invalid',
      message: 'Ramdisk reported error: the disk is on fire',
    });
    assert.throws(() => ramdiskErrorHook().beforeProcessing?.({ error: { code: 1 } }, context), {
      kind: 'invalid',
      message: "Ramdisk reported error: {'code': 1}",
    });
  });
});
