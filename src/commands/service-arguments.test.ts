import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { parseServiceArguments } from './service-arguments.ts';

const command = { program: 'ironic-inspector', description: 'Inspects.', version: '9.8.7' };

function parse(...argv: readonly string[]) {
  const on = madeUpConsole('/nowhere');
  return { result: parseServiceArguments(command, argv, on), said: on.said };
}

/** What the options set, as `name=value`. */
function settings(...argv: readonly string[]): string[] {
  const { result } = parse(...argv);
  assert.ok('settings' in result);
  return result.settings.map(({ name, value }) => `${name}=${value}`);
}

describe('arguments of the service commands', () => {
  it('keep the order of files and folders, as the last one wins', () => {
    const { result } = parse('--config-file', 'a', '--config-dir', 'b', '--config-file=c', '--config-dir=d');

    assert.deepEqual(result, {
      configuration: [{ file: 'a' }, { directory: 'b' }, { file: 'c' }, { directory: 'd' }],
      settings: [],
    });
  });

  it('can ask for a check of the configuration', () => {
    assert.deepEqual(parse('--check-config').result, { configuration: [], settings: [], checkConfig: true });
  });

  it('may be none', () => {
    assert.deepEqual(parse().result, { configuration: [], settings: [] });
  });

  for (const [argv, expected] of [
    [['--debug'], 'debug=true'],
    [['-d'], 'debug=true'],
    [['--nodebug'], 'debug=false'],
    [['--log-config-append', 'x'], 'log_config_append=x'],
    [['--log-config', 'x'], 'log_config_append=x'],
    [['--log_config', 'x'], 'log_config_append=x'],
    [['--log-date-format', '%H'], 'log_date_format=%H'],
    [['--log-dir', 'x'], 'log_dir=x'],
    [['--logdir', 'x'], 'log_dir=x'],
    [['--log-file', 'x'], 'log_file=x'],
    [['--logfile', 'x'], 'log_file=x'],
    [['--syslog-log-facility', 'LOG_LOCAL0'], 'syslog_log_facility=LOG_LOCAL0'],
    [['--use-syslog'], 'use_syslog=true'],
    [['--nouse-syslog'], 'use_syslog=false'],
    [['--use-journal'], 'use_journal=true'],
    [['--nouse-journal'], 'use_journal=false'],
    [['--use-json'], 'use_json=true'],
    [['--nouse-json'], 'use_json=false'],
    [['--watch-log-file'], 'watch_log_file=true'],
    [['--nowatch-log-file'], 'watch_log_file=false'],
  ] as const) {
    it(`set ${expected} with ${argv[0]}`, () => {
      assert.deepEqual(settings(...argv), [expected]);
    });
  }

  it('name what the user typed, for errors', () => {
    const { result } = parse('-d', '--logfile', 'x');

    assert.ok('settings' in result);
    assert.deepEqual(
      result.settings.map(({ argument }) => argument),
      ['--debug', '--logfile'],
    );
  });

  it('keep the order of switches and their inverses', () => {
    assert.deepEqual(settings('--use-json', '--nouse-json', '--debug', '--nodebug', '-d').slice(-1), [
      'debug=true',
    ]);
  });

  for (const argument of ['--help', '-h']) {
    it(`print the usage for ${argument}`, () => {
      const { result, said } = parse(argument);

      assert.deepEqual(result, { exitCode: 0 });
      assert.match(said.out, /^Usage: ironic-inspector \[options\]/);
      assert.match(said.out, /--config-file <path>/);
      assert.match(
        said.out,
        /Exit codes: 0 stopped as asked, 1 could not start or stop, 2 wrong arguments\./,
      );
      assert.equal(said.err, '');
    });
  }

  it('print the version', () => {
    const { result, said } = parse('--version');

    assert.deepEqual(result, { exitCode: 0 });
    assert.equal(said.out, '9.8.7\n');
  });

  for (const [what, ...argv] of [
    ['an option that nobody knows', '--no-such'],
    ['an option without its value', '--config-file'],
    ['a bare path, as the manual page still shows', 'inspector.conf'],
  ] as const) {
    it(`exit with 2 and tell on standard error of ${what}`, () => {
      const { result, said } = parse(...argv);

      assert.deepEqual(result, { exitCode: 2 });
      assert.match(said.err, /^error: .+\n/);
      assert.match(said.err, /See ironic-inspector --help/);
      assert.equal(said.out, '');
    });
  }
});
