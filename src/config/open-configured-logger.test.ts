import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { loggingOptions } from './logging-options.ts';
import { loggerSettings, openConfiguredLogger } from './open-configured-logger.ts';
import { defaultsOf } from './option.ts';

const options = defaultsOf(loggingOptions);
const process = { program: 'ironic-inspector', hostname: 'here' };

describe('loggerSettings', () => {
  for (const [title, given, targets] of [
    ['to standard output by default', {}, [{ kind: 'stdout' }]],
    ['to standard error alone', { use_stderr: true }, [{ kind: 'stderr' }]],
    ['to a file', { log_file: '/x/y.log' }, [{ kind: 'file', path: '/x/y.log' }]],
    ['to a file in a directory', { log_file: 'y.log', log_dir: '/x' }, [{ kind: 'file', path: '/x/y.log' }]],
    [
      'to an absolute file, directory or not',
      { log_file: '/y.log', log_dir: '/x' },
      [{ kind: 'file', path: '/y.log' }],
    ],
    [
      'to a file called after the program',
      { log_dir: '/x' },
      [{ kind: 'file', path: '/x/ironic-inspector.log' }],
    ],
    ['to standard output where the file is blank', { log_file: '', log_dir: '' }, [{ kind: 'stdout' }]],
    [
      'to a file and standard error',
      { log_file: '/y', use_stderr: true },
      [{ kind: 'file', path: '/y' }, { kind: 'stderr' }],
    ],
  ] as const) {
    it(`logs ${title}`, () => {
      assert.deepEqual(loggerSettings({ ...options, ...given }, process).targets, targets);
    });
  }

  it('logs from INFO, and from DEBUG with debug', () => {
    assert.equal(loggerSettings(options, process).level, 'info');
    assert.equal(loggerSettings({ ...options, debug: true }, process).level, 'debug');
  });
});

describe('openConfiguredLogger', () => {
  it('opens the log file', async () => {
    const folder = temporaryFolder();
    const open = openConfiguredLogger({ ...options, log_dir: folder.path }, process);

    open.logger.info('hello');
    await open.close();

    assert.match(
      readFileSync(join(folder.path, 'ironic-inspector.log'), 'utf8'),
      / INFO ironic_inspector \[-\] hello\n$/,
    );
  });

  it('says what to do when the file cannot be opened', () => {
    const given = { ...options, log_file: join(tmpdir(), 'no-such-folder', 'x.log') };

    assert.throws(() => openConfiguredLogger(given, process), {
      kind: 'invalid',
      message:
        /^The log file .*x\.log cannot be opened \(ENOENT.*\): give .* write access .* change \[DEFAULT\]log_file/,
    });
  });
});
