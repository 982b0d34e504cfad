import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorNameOf, InspectorError, messageOf, stackFields } from './inspector-error.ts';

describe('InspectorError', () => {
  it('carries its kind, its message and its cause', () => {
    const cause = new Error('disk full');

    const error = new InspectorError('unavailable', 'Try again later', { cause });

    assert.ok(error instanceof Error);
    assert.equal(error.kind, 'unavailable');
    assert.equal(error.message, 'Try again later');
    assert.equal(error.cause, cause);
    assert.equal(error.name, 'InspectorError');
  });

  it('has no cause unless given', () => {
    const error = new InspectorError('invalid', 'text');

    assert.equal(Object.hasOwn(error, 'cause'), false);
  });
});

describe('messageOf', () => {
  it('is the message of an error, and the text of anything else', () => {
    assert.equal(messageOf(new TypeError('no')), 'no');
    assert.equal(messageOf('thrown text'), 'thrown text');
    assert.equal(messageOf(undefined), 'undefined');
    assert.equal(messageOf(7), '7');
  });
});

describe('errorNameOf', () => {
  it('is the class name of an error, and the type of anything else', () => {
    assert.equal(errorNameOf(new TypeError('no')), 'TypeError');
    assert.equal(errorNameOf(new InspectorError('invalid', 'no')), 'InspectorError');
    assert.equal(errorNameOf('thrown text'), 'string');
    assert.equal(errorNameOf(null), 'object');
  });
});

describe('stackFields', () => {
  it('has what is a bug, and nothing for what an operator may read', () => {
    const bug = new TypeError('no');

    assert.deepEqual(stackFields(bug), { error: bug });
    assert.deepEqual(stackFields('thrown text'), { error: 'thrown text' });
    assert.deepEqual(stackFields(new InspectorError('invalid', 'no')), {});
  });
});
