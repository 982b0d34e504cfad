import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonFormatter } from './json-format.ts';
import type { LogRecord } from './log-record.ts';

function format(given: Partial<LogRecord>): string {
  const date = new Date(2026, 10, 22, 13, 36, 35, 9);
  return jsonFormatter(
    { log_date_format: '%Y-%m-%d %H:%M:%S', hostname: 'here' },
    42,
  )({
    date,
    level: 'info',
    name: 'ironic_inspector',
    message: 'hello',
    fields: {},
    ...given,
  });
}

describe('lines of JSON', () => {
  it('have the members of the original (docs/compatibility.md, log-json-members)', () => {
    const line = format({ level: 'warning', fields: { request_id: 'req-1', node: 'n', size: 5 } });

    assert.ok(line.endsWith('}\n'));
    assert.deepEqual(JSON.parse(line), {
      message: 'hello',
      asctime: '2026-11-22 13:36:35',
      created: new Date(2026, 10, 22, 13, 36, 35, 9).getTime() / 1000,
      msecs: 9,
      name: 'ironic_inspector',
      levelname: 'WARNING',
      levelno: 30,
      process: 42,
      hostname: 'here',
      context: { request_id: 'req-1' },
      extra: { node: 'n', size: 5 },
      error_summary: '',
      traceback: null,
    });
  });

  it('stay one line, and take a message literally', () => {
    const line = format({ message: 'a\nb %s %d %% \u0000' });

    assert.equal(line.trimEnd().includes('\n'), false);
    assert.equal(JSON.parse(line).message, 'a\nb %s %d %% \u0000');
  });

  it('tell an error once, with its summary', () => {
    const error = new TypeError('bad');

    const line = JSON.parse(
      format({ level: 'error', fields: { error, other: new Error('else'), again: error } }),
    );

    assert.equal(line.error_summary, 'TypeError: bad');
    assert.match(line.traceback, /^TypeError: bad\n {4}at /);
    assert.deepEqual(line.extra, { other: 'Error: else' });
  });

  it('are bounded, whatever the fields hold', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const line = format({
      message: 'x'.repeat(100_000),
      fields: {
        text: 'y'.repeat(100_000),
        list: Array.from({ length: 50_000 }, () => 'z'),
        circular,
        none: null,
      },
    });

    const { message, extra } = JSON.parse(line);
    assert.ok(line.length < 250_000);
    assert.match(message, /x… \[cut, 100000 characters in all\]$/);
    assert.match(extra.text, /y… \[cut/);
    assert.match(extra.list, /^\["z",.*… \[cut/);
    assert.equal(extra.circular, '[cannot be written as JSON]');
    assert.equal(extra.none, null);
  });
});
