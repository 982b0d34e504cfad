import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from './log-record.ts';
import { type PlainFormatSettings, plainFormatter } from './plain-format.ts';

const settings: PlainFormatSettings = {
  log_date_format: '%Y-%m-%d %H:%M:%S',
  logging_default_format_string:
    '%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [-] %(instance)s%(message)s',
  logging_context_format_string:
    '%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [%(global_request_id)s %(request_id)s %(user_identity)s] %(instance)s%(message)s',
  logging_exception_prefix: '%(asctime)s.%(msecs)03d %(process)d ERROR %(name)s %(instance)s',
  logging_debug_format_suffix: '%(funcName)s %(pathname)s:%(lineno)d',
  logging_user_identity_format:
    '%(user)s %(project)s %(domain)s %(system_scope)s %(user_domain)s %(project_domain)s',
  instance_format: '[instance: %(uuid)s] ',
  instance_uuid_format: '[instance: %(uuid)s] ',
  log_color: false,
};

function format(given: Partial<LogRecord>, changed: Partial<PlainFormatSettings> = {}): string {
  return plainFormatter(
    { ...settings, ...changed },
    42,
  )({
    date: new Date(2026, 10, 22, 13, 36, 35, 9),
    level: 'info',
    name: 'ironic_inspector',
    message: 'hello',
    fields: {},
    ...given,
  });
}

const start = '2026-11-22 13:36:35.009 42';

describe('plain lines', () => {
  it('look like the original outside requests, with the place in the code at DEBUG', () => {
    assert.equal(format({}), `${start} INFO ironic_inspector [-] hello\n`);
    const place = { funcName: 'f', pathname: '/x.ts', lineno: 3 };
    assert.equal(format({ level: 'debug', place }), `${start} DEBUG ironic_inspector [-] hello f /x.ts:3\n`);
    assert.equal(
      format({ level: 'debug' }, { logging_debug_format_suffix: '' }),
      `${start} DEBUG ironic_inspector [-] hello\n`,
    );
    assert.equal(format({ level: 'warning' }), `${start} WARNING ironic_inspector [-] hello\n`);
  });

  it('say inside requests who asked', () => {
    const plain = format({ fields: { request_id: 'req-1' } });
    const full = format({
      fields: { request_id: 'req-1', global_request_id: 'req-0', user_identity: 'u p - - - -' },
    });

    assert.equal(plain, `${start} INFO ironic_inspector [None req-1 - - - - - -] hello\n`);
    assert.equal(full, `${start} INFO ironic_inspector [req-0 req-1 u p - - - -] hello\n`);
  });

  it('show who asked as logging_user_identity_format says', () => {
    const fields = { request_id: 'r', user: 'u\n', project: 'p', system_scope: null, domain: '' };

    assert.equal(format({ fields }), `${start} INFO ironic_inspector [None r u\\n p - - - -] hello\n`);
    assert.match(format({ fields }, { logging_user_identity_format: '<%(user)s>' }), /\[None r <u\\n>\]/);
  });

  it('show an instance in front of the message', () => {
    assert.match(format({ fields: { instance: { uuid: 'a' } } }), /\[instance: a\] hello\n$/);
    assert.match(format({ fields: { instance_uuid: 'b' } }), /\[instance: b\] hello\n$/);
  });

  it('have the colour of their level with log_color', () => {
    const logging_default_format_string = '%(color)s%(message)s%(reset_color)s|';

    assert.equal(format({}, { logging_default_format_string }), 'hello|\n');
    assert.equal(
      format({ level: 'error' }, { logging_default_format_string, log_color: true }),
      '\u001b[01;31mhello\u001b[00m|\u001b[00m\n',
    );
  });

  it('cannot be forged by text from outside (docs/compatibility.md, log-control-characters)', () => {
    const line = format({
      message: `a\n${start} CRITICAL x [-] forged\u001b[2J`,
      name: 'n\n',
      fields: { request_id: 'r\ns', user_identity: '\r' },
    });

    assert.equal(line, `${start} INFO n\\n [None r\\ns \\r] a\\n${start} CRITICAL x [-] forged\\x1b[2J\n`);
  });

  it('are cut at 65536 characters', () => {
    const line = format({ message: 'x'.repeat(100_000) });

    assert.match(line, /x… \[cut, 100000 characters in all\]\n$/);
    assert.ok(line.length < 65_700);
  });

  it('know all placeholders of the original that have a meaning, and fields', () => {
    const line = format(
      { fields: { node: 'n\n1', size: 5, nothing: undefined } },
      {
        logging_default_format_string:
          '%(levelno)s|%(created).3f|%(isotime)s|%(color)s%(resource)s|%(error_summary)s|%(node)s|%(size)03d|%(nothing)s|%(funcName)s:%(lineno)d|%(toString)s',
      },
    );

    const [levelno, created, isotime, ...rest] = line.trimEnd().split('|');
    assert.equal(levelno, '20');
    assert.match(created ?? '', /^\d{10}\.009$/);
    assert.match(isotime ?? '', /^2026-11-2\dT.*\.009Z$/);
    assert.deepEqual(rest, ['', '-', 'n\\n1', '005', '-', '-:0', '-']);
  });

  it('format the date anew when the second changes, and each time with parts of a second', () => {
    const formatter = plainFormatter({ ...settings, logging_default_format_string: '%(asctime)s' }, 1);
    const exact = plainFormatter(
      { ...settings, logging_default_format_string: '%(asctime)s', log_date_format: '%S.%f' },
      1,
    );
    const at = (milliseconds: number): LogRecord => ({
      date: new Date(2026, 10, 22, 13, 36, 35, milliseconds),
      level: 'info',
      name: '',
      message: '',
      fields: {},
    });

    assert.deepEqual(
      [1, 2, 1000].map((milliseconds) => formatter(at(milliseconds))),
      ['2026-11-22 13:36:35\n', '2026-11-22 13:36:35\n', '2026-11-22 13:36:36\n'],
    );
    assert.deepEqual(
      [1, 2].map((milliseconds) => exact(at(milliseconds))),
      ['35.001000\n', '35.002000\n'],
    );
  });
});

describe('errors in plain lines', () => {
  const error = new TypeError('bad\nthing');

  it('are summed up at the end of the line, and follow as a traceback', () => {
    const [line, first, second] = format({ level: 'error', fields: { error } }).split('\n');

    assert.equal(line, `${start} ERROR ironic_inspector [-] hello: TypeError: bad\\nthing`);
    assert.equal(first, `${start} ERROR ironic_inspector TypeError: bad\\nthing`);
    assert.ok(second?.startsWith(`${start} ERROR ironic_inspector     at `));
  });

  it('are not summed up below warning, or when the line says it already', () => {
    const quiet = format({ fields: { error } });
    const said = format({ level: 'error', message: 'failed: bad\nthing', fields: { problem: error } });
    const asked = format(
      { level: 'error', fields: { error } },
      { logging_default_format_string: '%(message)s (%(error_summary)s)' },
    );

    assert.equal(quiet.split('\n')[0], `${start} INFO ironic_inspector [-] hello`);
    assert.equal(said.split('\n')[0], `${start} ERROR ironic_inspector [-] failed: bad\\nthing`);
    assert.equal(asked.split('\n')[0], 'hello (TypeError: bad\\nthing)');
  });
});
