import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { apiOptions } from '../../api/api-options.ts';
import { loggingOptions } from '../../config/logging-options.ts';
import { readConfiguration } from '../../configuration.ts';
import { databaseOptions } from '../../database/database-options.ts';
import { configuredPort, writeConfiguration } from './demo-configuration.ts';
import { openDirectory } from './demo-directory.ts';

function directoryNamed(name: string) {
  return openDirectory(name, { workingDirectory: temporaryFolder().path, userId: undefined });
}

describe("the demo's configuration", () => {
  for (const name of ['demo', 'a b', "it's", '$HOME', '$$', '${x}', '100%', '%(x)s', '#1', 'ümlaut', ';x']) {
    it(`has the paths as they are, in a folder named ${name}`, () => {
      const directory = directoryNamed(name);

      writeConfiguration(directory, 5051);

      const text = readFileSync(directory.configFile, 'utf8');
      const configuration = readConfiguration({ files: [{ path: directory.configFile, text }] });
      assert.equal(configuration.get(loggingOptions).log_file, directory.logFile);
      assert.equal(configuration.get(databaseOptions).connection, `sqlite:///${directory.database}`);
      assert.equal(configuration.get(apiOptions).listen_port, 5051);
      assert.equal(configuration.get(apiOptions).listen_address, '127.0.0.1');
      assert.deepEqual(configuration.warnings, []);
    });
  }

  it('tells the port of the last run', () => {
    const directory = directoryNamed('demo');
    const before = configuredPort(directory);

    writeConfiguration(directory, 6060);

    assert.equal(before, undefined);
    assert.equal(configuredPort(directory), 6060);
  });

  it('tells no port where somebody has written something else', () => {
    const directory = directoryNamed('demo');
    writeFileSync(directory.configFile, 'listen_port = many\n');

    assert.equal(configuredPort(directory), undefined);
  });

  it('says what to do when it cannot be written', () => {
    const directory = directoryNamed('demo');
    mkdirSync(directory.configFile);

    assert.throws(() => writeConfiguration(directory, 1), {
      kind: 'invalid',
      message: /cannot be written: EISDIR.*Name another with --directory$/,
    });
  });
});
