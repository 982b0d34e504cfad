// Shows these lines of docs/compatibility.md: log-config-root-handlers.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLogConfig } from './log-config-file.ts';
import { loggingOptions } from './logging-options.ts';
import { defaultsOf } from './option.ts';
import { pythonArguments } from './python-arguments.ts';

const options = defaultsOf(loggingOptions);

/** What comes of one handler with these lines. */
function handled(lines: string) {
  const text = `[loggers]\nkeys=root\n[logger_root]\nhandlers=h\n[handler_h]\n${lines}\n`;
  const { settings, warnings } = readLogConfig(text, options, { program: 'p' });
  return { target: settings.outputs[0]?.target, level: settings.outputs[0]?.level, warnings };
}

describe('a log configuration file', () => {
  it('has levels, handlers and formatters', () => {
    const { settings, warnings } = readLogConfig(
      `# a comment
[loggers]
keys = root, sql

[logger_root]
level = WARN
handlers = screen, json,
 plain

[logger_sql]
level: ERROR
handlers: screen
qualname: sqlalchemy.engine
propagate: 0

[handler_screen]
class = StreamHandler
args = (sys.stdout,)
level = INFO
formatter = context

[handler_json]
class = logging.handlers.WatchedFileHandler
args = ("/x.log", 'a')
formatter = json

[handler_plain]
class = StreamHandler
args = (sys.stderr,)
formatter = own

[formatter_context]
class = oslo_log.formatters.ContextFormatter
datefmt = %H

[formatter_json]
class = oslo_log.formatters.JSONFormatter

[formatter_own]
format = %(levelname)s %(message)s
style = {
class = my.Formatters
`,
      options,
      { program: 'p' },
    );

    assert.equal(settings.level, 30);
    assert.deepEqual(settings.levels, [['sqlalchemy.engine', 40]]);
    assert.deepEqual(
      settings.outputs.map(({ target, level }) => [target, level]),
      [
        [{ kind: 'stdout' }, 20],
        [{ kind: 'file', path: '/x.log' }, 0],
        [{ kind: 'stderr' }, 0],
      ],
    );
    const [context, json, own] = settings.outputs.map(({ style }) => style);
    assert.equal(context?.logging_context_format_string, options.logging_context_format_string);
    assert.equal(context?.log_date_format, '%H');
    assert.equal(json?.use_json, true);
    assert.equal(own?.logging_default_format_string, '%(levelname)s %(message)s');
    assert.equal(own?.logging_debug_format_suffix, '');
    assert.deepEqual(warnings, [
      'formatter own: the class my.Formatters is not known, its format is used',
      'formatter own: only style % is understood',
      "logger sqlalchemy.engine: handlers of other loggers than root have no effect, its messages go to root's",
      'logger sqlalchemy.engine: propagate = 0 has no effect',
    ]);
  });

  for (const [lines, target] of [
    ["class=FileHandler\nargs=('/x',)", { kind: 'file', path: '/x' }],
    [
      "class=handlers.RotatingFileHandler\nargs=('/x', 'a', 10*1024*1024, 5)",
      { kind: 'file', path: '/x', rotation: { kind: 'size', bytes: 10_485_760, keep: 5 } },
    ],
    [
      "class=handlers.TimedRotatingFileHandler\nkwargs={'filename': '/x', 'when': 'D', 'backupCount': 3}",
      { kind: 'file', path: '/x', rotation: { kind: 'interval', unit: 'days', every: 1, keep: 3 } },
    ],
    [
      "class=handlers.TimedRotatingFileHandler\nargs=('/x', 'W6')",
      { kind: 'file', path: '/x', rotation: { kind: 'interval', unit: 'weekday', every: 6, keep: 0 } },
    ],
    [
      "class=handlers.SysLogHandler\nargs=('/dev/log', handlers.SysLogHandler.LOG_LOCAL2)",
      { kind: 'syslog', identifier: 'p', facility: 18 },
    ],
    ['class=oslo_log.handlers.OSSysLogHandler', { kind: 'syslog', identifier: 'p', facility: 1 }],
    [
      'class=oslo_log.handlers.OSJournalHandler\nargs=(24,)',
      { kind: 'journal', identifier: 'p', facility: 24 },
    ],
    ['class=oslo_log.handlers.ColorHandler', { kind: 'stderr' }],
  ] as const) {
    it(`knows the handler ${lines.replace('\n', ' ')}`, () => {
      assert.deepEqual(handled(lines), { target, level: 0, warnings: [] });
    });
  }

  it('warns of what has no counterpart', () => {
    assert.deepEqual(handled('class=handlers.SMTPHandler').warnings, [
      'handler h: the class handlers.SMTPHandler has no counterpart here, nothing is written to it',
      'no handler of the root logger can be used, nothing is logged',
    ]);
    assert.deepEqual(handled("class=handlers.SysLogHandler\nargs=(('loghost', 514), 'daemon')"), {
      target: { kind: 'syslog', identifier: 'p', facility: 3 },
      level: 0,
      warnings: ['handler h: messages go to the syslog of this machine, not to loghost'],
    });
    assert.equal(handled('class=NullHandler').target, undefined);
  });

  it('says what it does not understand', () => {
    const wrong = [
      ['class=FileHandler', /handler h: expected a file name in args/],
      ["class=FileHandler\nargs=('/x' + y)", /expected texts, numbers and names in/],
      [
        "class=handlers.RotatingFileHandler\nargs=('/x', 'a', big)",
        /expected a whole number for maxBytes, got 'big'/,
      ],
      [
        "class=handlers.TimedRotatingFileHandler\nargs=('/x', 'year')",
        /expected S, M, H, D, W0 to W6 or midnight/,
      ],
      ['class=StreamHandler\nlevel=LOUD', /expected a level/],
      ['class=StreamHandler\nformatter=no', /expected a section \[formatter_no\]/],
    ] as const;

    for (const [lines, message] of wrong) assert.throws(() => handled(lines), message);
    assert.throws(() => readLogConfig('', options, { program: 'p' }), /expected a section \[logger_root\]/);
  });

  it('takes quoted texts of Python', () => {
    const given = pythonArguments(`("a\\"b", 'c\\\\d')`, '{}');

    assert.deepEqual([given.text(0, 'x'), given.text(1, 'y'), given.number(2, 'z', 7)], ['a"b', 'c\\d', 7]);
  });
});
