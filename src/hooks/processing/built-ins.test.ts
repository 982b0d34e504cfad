import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { silentLogger } from '../../logging/logger.ts';
import { processingHookBuiltIns, processingHookOptionsOf } from './built-ins.ts';

describe('built-in processing hooks', () => {
  it('are the files of the folder', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter(
      (file) => !/\.test\.ts$|^built-ins/.test(file),
    );
    const names = files.map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_'));

    assert.deepEqual([...processingHookBuiltIns.keys()].toSorted(), names.toSorted());
  });

  it('are made of the default options, each under its name', () => {
    const options = processingHookOptionsOf(defaultsOf);

    for (const [name, make] of processingHookBuiltIns) {
      assert.equal(make(options, silentLogger()).name, name);
    }
  });
});
