import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ErrorKind, InspectorError } from '../../errors/inspector-error.ts';
import { faultBody, faultOf } from './fault.ts';

describe('faultOf', () => {
  const kinds: [ErrorKind, number][] = [
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['not-acceptable', 406],
    ['conflict', 409],
    ['too-large', 413],
    ['unavailable', 503],
    ['internal', 500],
  ];
  for (const [kind, status] of kinds) {
    it(`answers ${kind} with ${status} and its message`, () => {
      assert.deepEqual(faultOf(new InspectorError(kind, 'why')), { status, message: 'why' });
    });
  }

  it('passes on what the HTTP server refuses', () => {
    assert.deepEqual(faultOf(Object.assign(new Error('Too much'), { statusCode: 413 })), {
      status: 413,
      message: 'Too much',
    });
  });

  it('tells nothing of what is a fault of ours', () => {
    for (const error of [
      new Error('secret'),
      Object.assign(new Error('secret'), { statusCode: 500 }),
      'secret',
      undefined,
    ]) {
      const fault = faultOf(error);

      assert.equal(fault.status, 500);
      assert.doesNotMatch(fault.message, /secret/);
    }
  });
});

describe('faultBody', () => {
  it('is JSON within JSON', () => {
    const { error_message: message } = faultBody({ status: 404, message: 'Not "there"' });

    assert.deepEqual(JSON.parse(message), {
      faultcode: 'Client',
      faultstring: 'Not "there"',
      debuginfo: null,
    });
    assert.match(faultBody({ status: 500, message: 'm' }).error_message, /"Server"/);
  });
});
