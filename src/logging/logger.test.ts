import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LogFields, type Logger, loggerOver, silentLogger } from './logger.ts';
import { withFields } from './with-fields.ts';

const levels = ['debug', 'info', 'warning', 'error', 'critical'] as const;

function recording(): { log: Logger; lines: [string, string, LogFields | undefined][] } {
  const lines: [string, string, LogFields | undefined][] = [];
  return { log: loggerOver((...line) => lines.push(line as (typeof lines)[number])), lines };
}

describe('a logger', () => {
  it('hands on level, message and fields', () => {
    const { log, lines } = recording();

    for (const level of levels) log[level]('x', { a: 1 });

    assert.deepEqual(
      lines,
      levels.map((level) => [level, 'x', { a: 1 }]),
    );
  });

  it('puts the prefixes of its children in front', () => {
    const { log, lines } = recording();

    log.child('[node: 1]').child('hook x:').info('done');

    assert.equal(lines[0]?.[1], '[node: 1] hook x: done');
  });

  it('can be silent', () => {
    assert.equal(silentLogger().info('x'), undefined);
  });
});

describe('withFields', () => {
  it('adds the fields to every message, also of children; own fields win', () => {
    const { log, lines } = recording();
    const inside = withFields(log, { request_id: 'req-1', a: 1 });

    for (const level of levels) inside[level]('x');
    inside.child('[p]').info('y', { a: 2, b: 3 });

    assert.deepEqual(
      lines.slice(0, 5),
      levels.map((level) => [level, 'x', { request_id: 'req-1', a: 1 }]),
    );
    assert.deepEqual(lines[5], ['info', '[p] y', { request_id: 'req-1', a: 2, b: 3 }]);
  });
});
