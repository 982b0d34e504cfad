import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { apiOptions } from '../api/api-options.ts';
import { configurationOf } from './configuration-of.ts';

const program = 'ironic-inspector';

/** A folder with these files, and surroundings in it. */
function folder(files: Readonly<Record<string, string>>, environment = {}) {
  const { path } = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, on: madeUpConsole(path, { environment }) };
}

const limit = (value: number) => `[DEFAULT]\napi_max_limit = ${value}\n`;

describe('configurationOf', () => {
  it('reads files and folders in the order given; the last one wins', () => {
    const { path, on } = folder({
      'a.conf': limit(1),
      'd/2.conf': limit(3),
      'd/1.conf': limit(2),
      'b.conf': '',
    });
    const configuration = [{ file: 'a.conf' }, { directory: 'd' }, { file: 'b.conf' }];

    const found = configurationOf(program, { configuration, settings: [] }, on);

    assert.deepEqual(
      found.files,
      ['a.conf', 'd/1.conf', 'd/2.conf', 'b.conf'].map((name) => join(path, name)),
    );
    assert.equal(found.configuration.get(apiOptions).api_max_limit, 3);
  });

  it('looks in the usual places when it is given none', () => {
    const { path, on } = folder({ '.ironic-inspector/ironic-inspector.conf': limit(7) });

    const found = configurationOf(program, { configuration: [], settings: [] }, on);

    assert.deepEqual(found.files, [join(path, '.ironic-inspector/ironic-inspector.conf')]);
    assert.equal(found.configuration.get(apiOptions).api_max_limit, 7);
  });

  it('lets the environment win over files, and the command line over both', () => {
    const { on } = folder(
      { 'a.conf': `${limit(1)}listen_port = 1\n` },
      { OS_DEFAULT__API_MAX_LIMIT: '2', OS_DEFAULT__LISTEN_PORT: '2' },
    );
    const settings = [{ name: 'listen_port', value: '3', argument: '--port' }];

    const { configuration } = configurationOf(program, { configuration: [{ file: 'a.conf' }], settings }, on);

    assert.equal(configuration.get(apiOptions).api_max_limit, 2);
    assert.equal(configuration.get(apiOptions).listen_port, 3);
  });

  it('is made of defaults where there is no file', () => {
    const { on } = folder({});

    const found = configurationOf(program, { configuration: [], settings: [] }, on);

    assert.deepEqual(found.files, []);
    assert.equal(found.configuration.get(apiOptions).api_max_limit, 1000);
  });

  it('names a file that is not there', () => {
    const { path, on } = folder({});

    assert.throws(
      () => configurationOf(program, { configuration: [{ file: 'gone.conf' }], settings: [] }, on),
      { kind: 'invalid', message: `Failed to find some config files: ${path}/gone.conf: check the path` },
    );
  });
});
