// Shows these lines of docs/compatibility.md: publish-errors.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { loggingOptions } from './logging-options.ts';
import { loggerSettings, openConfiguredLogger } from './open-configured-logger.ts';
import { defaultsOf } from './option.ts';

const options = defaultsOf(loggingOptions);
const targetsOf = (given: Partial<typeof options>) =>
  loggerSettings({ ...options, ...given }, process).outputs.map(({ target }) => target);
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
    [
      'to a file and syslog, or to the journal alone',
      { log_file: '/y', use_syslog: true, use_journal: true, syslog_log_facility: 'local3' },
      [
        { kind: 'file', path: '/y' },
        { kind: 'journal', identifier: 'ironic-inspector', facility: 19 },
        { kind: 'syslog', identifier: 'ironic-inspector', facility: 19 },
      ],
    ],
    [
      'to standard output and syslog',
      { use_syslog: true },
      [{ kind: 'stdout' }, { kind: 'syslog', identifier: 'ironic-inspector', facility: 1 }],
    ],
    [
      'to a file that is set aside by size',
      { log_file: '/y', log_rotation_type: 'size', max_logfile_size_mb: 2 },
      [{ kind: 'file', path: '/y', rotation: { kind: 'size', bytes: 2_097_152, keep: 30 } }],
    ],
    [
      'to a file that is set aside at an interval',
      {
        log_file: '/y',
        log_rotation_type: 'interval',
        log_rotate_interval_type: 'Hours',
        log_rotate_interval: 6,
      },
      [{ kind: 'file', path: '/y', rotation: { kind: 'interval', unit: 'hours', every: 6, keep: 30 } }],
    ],
    [
      'to a file that something else sets aside, with watch_log_file',
      { log_file: '/y', log_rotation_type: 'size', watch_log_file: true },
      [{ kind: 'file', path: '/y' }],
    ],
  ] as const) {
    it(`logs ${title}`, () => {
      assert.deepEqual(targetsOf(given), targets);
    });
  }

  it('logs from INFO, and from DEBUG with debug', () => {
    assert.equal(loggerSettings(options, process).level, 20);
    assert.equal(loggerSettings({ ...options, debug: true }, process).level, 10);
  });
});

describe('further options of the log', () => {
  it('colours standard streams only', () => {
    const { outputs } = loggerSettings(
      { ...options, log_color: true, log_file: '/y', use_stderr: true },
      process,
    );

    assert.deepEqual(
      outputs.map(({ style }) => style.log_color),
      [false, true],
    );
  });

  it('gives parts of the service levels', () => {
    const { levels } = loggerSettings({ ...options, default_log_levels: ['a=WARN', 'b.c=15'] }, process);

    assert.deepEqual(levels, [
      ['a', 30],
      ['b.c', 15],
    ]);
    assert.throws(
      () => loggingOptions.options.default_log_levels.parse('a=LOUD'),
      /expected a level.*got 'LOUD'/,
    );
    assert.deepEqual(loggingOptions.options.default_log_levels.parse('a=TRACE, b=info'), [
      'a=TRACE',
      'b=info',
    ]);
  });

  it('limits the rate when both numbers are set', () => {
    const given = { ...options, rate_limit_burst: 5, rate_limit_interval: 2 };

    assert.equal(loggerSettings(options, process).rateLimit, undefined);
    assert.deepEqual(loggerSettings(given, process).rateLimit, { interval: 2, burst: 5, except: 'critical' });
    assert.equal(
      loggerSettings({ ...given, rate_limit_except_level: '' }, process).rateLimit?.except,
      undefined,
    );
    assert.throws(
      () => loggerSettings({ ...given, rate_limit_except_level: 'loud' }, process),
      /rate_limit_except_level must be CRITICAL, .* and is 'loud'/,
    );
  });

  it('names the facilities', () => {
    assert.throws(
      () => targetsOf({ use_syslog: true, syslog_log_facility: 'moon' }),
      /syslog_log_facility must be one of LOG_KERN, LOG_USER, .* and is 'moon'/,
    );
  });

  it('takes the words of rotation in any case', () => {
    const { log_rotation_type } = loggingOptions.options;

    assert.equal(log_rotation_type.parse('SIZE'), 'size');
    assert.throws(() => log_rotation_type.parse('weight'), /expected one of interval, size, none/);
  });
});

describe('openConfiguredLogger', () => {
  it('reads a log configuration file, and warns of what has no effect', async () => {
    const folder = temporaryFolder();
    const target = join(folder.path, 'x.log');
    const file = join(folder.path, 'logging.ini');
    writeFileSync(
      file,
      `[loggers]\nkeys=root,h\n[logger_root]\nlevel=WARNING\nhandlers=f\n[logger_h]\nqualname=h\npropagate=0\n` +
        `[handler_f]\nclass=FileHandler\nargs=('${target}', 'a')\nformatter=x\n[formatter_x]\nformat=%(levelname)s|%(message)s\n`,
    );
    const given = { ...options, log_config_append: file, publish_errors: true };

    const open = openConfiguredLogger(given, process);
    open.logger.info('no');
    await open.close();

    assert.equal(
      readFileSync(target, 'utf8'),
      'WARNING|[DEFAULT]publish_errors has no effect in this version: errors are not sent as notifications\n' +
        `WARNING|${file}: logger h: propagate = 0 has no effect\n`,
    );
    assert.throws(() => openConfiguredLogger({ ...options, log_config_append: `${file}.no` }, process), {
      kind: 'invalid',
      message: /^Error loading logging config .*logging\.ini\.no: ENOENT/,
    });
  });

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
