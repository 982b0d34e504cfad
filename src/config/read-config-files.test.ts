import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfigFiles } from './read-config-files.ts';

const failing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: broken`), { code });
};

describe('readConfigFiles', () => {
  it('gives each path its text', () => {
    const files = readConfigFiles(['/a', '/b'], (path) => new TextEncoder().encode(`# ${path} é`));

    assert.deepEqual(files, [
      { path: '/a', text: '# /a é' },
      { path: '/b', text: '# /b é' },
    ]);
  });

  for (const [code, message] of [
    ['ENOENT', 'Failed to find some config files: /a: check the path'],
    ['EACCES', "Failed to open some config files: /a: give the service's user read access"],
    ['EISDIR', 'Failed to read /a: EISDIR: broken'],
  ] as const) {
    it(`says what to do about ${code}`, () => {
      assert.throws(() => readConfigFiles(['/a'], failing(code)), { kind: 'invalid', message });
    });
  }

  it('refuses what is not UTF-8', () => {
    assert.throws(() => readConfigFiles(['/a'], () => Uint8Array.of(0x5b, 0xff)), {
      message: 'Failed to read /a: it is not UTF-8: convert it, or escape the odd characters',
    });
  });

  it('names all files that cannot be read', () => {
    assert.throws(() => readConfigFiles(['/a', '/b'], failing('ENOENT')), /\/a: .*\n.*\/b: /);
  });
});
