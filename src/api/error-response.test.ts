import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ErrorKind, InspectorError } from '../errors/inspector-error.ts';
import { errorReply } from './error-response.ts';

describe('errorReply', () => {
  const codes: readonly (readonly [ErrorKind, number])[] = [
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['not-acceptable', 406],
    ['conflict', 409],
    ['too-large', 413],
    ['internal', 500],
    ['unavailable', 503],
  ];
  for (const [kind, status] of codes) {
    it(`answers ${kind} with ${status} and the message (docs/compatibility.md, bare-metal-unavailable)`, () => {
      assert.deepEqual(errorReply(new InspectorError(kind, 'What é is'), false), {
        status,
        headers: { 'Content-Type': 'application/json' },
        body: '{"error":{"message":"What \\u00e9 is"}}\n',
      });
    });
  }

  it('tells nothing of a bug', () => {
    const reply = errorReply(new TypeError('secret'), false);

    assert.equal(reply.status, 500);
    assert.equal(reply.body, '{"error":{"message":"Internal server error"}}\n');
  });

  it('tells what a bug is in debug mode', () => {
    assert.equal(
      errorReply(new TypeError('x is not y'), true).body,
      '{"error":{"message":"Internal server error (TypeError): x is not y"}}\n',
    );
    assert.equal(
      errorReply('text', true).body,
      '{"error":{"message":"Internal server error (string): text"}}\n',
    );
  });
});
