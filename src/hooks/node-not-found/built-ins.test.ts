import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { defaultsOf } from '../../config/option.ts';
import { nodeNotFoundHookBuiltIns } from './built-ins.ts';
import { discoveryOptions } from './enroll.ts';

describe('built-in node-not-found hooks', () => {
  it('are the files of the folder', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter(
      (file) => !/\.test\.ts$|^built-ins/.test(file),
    );
    const names = files.map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_'));

    assert.deepEqual([...nodeNotFoundHookBuiltIns.keys()].toSorted(), names.toSorted());
  });

  it('are made of the default options, each under its name', () => {
    for (const [name, make] of nodeNotFoundHookBuiltIns) {
      assert.equal(make({ discovery: defaultsOf(discoveryOptions) }).name, name);
    }
  });
});
