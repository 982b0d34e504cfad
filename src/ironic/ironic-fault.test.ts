import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultText, IronicFault } from './ironic-fault.ts';

const textOf = (body: string | object) =>
  faultText(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('the text of a fault', () => {
  const said = { faultcode: 'Client', faultstring: 'Node is locked', debuginfo: null };
  const bodies: readonly [string, string | object, string][] = [
    ['JSON text within JSON', { error_message: JSON.stringify(said) }, 'Node is locked'],
    ['JSON within JSON', { error_message: said }, 'Node is locked'],
    ['text within JSON', { error_message: 'Node is locked' }, 'Node is locked'],
    ['a fault by itself', said, 'Node is locked'],
    [
      'a refusal of the API itself',
      {
        error_message:
          '{"code": 400, "title": "Bad Request", "description": "Expected UUID or name for node: a b"}',
      },
      'Expected UUID or name for node: a b',
    ],
    ["Keystone's", { error: { code: 401, message: 'Who are you?', title: 'Unauthorized' } }, 'Who are you?'],
    ['a page', '<html>\n<h1>502</h1> <p>Bad Gateway</p></html>', '502 Bad Gateway'],
    ['another document', { a: 1 }, ''],
    ['too deep a document', '{"error":'.repeat(9) + '"x"' + '}'.repeat(9), ''],
    ['nothing', '', ''],
  ];
  for (const [what, body, text] of bodies) {
    it(`is that in ${what}`, () => assert.equal(textOf(body), text));
  }

  it('has an end', () => {
    assert.equal(textOf({ error_message: 'x'.repeat(5000) }).length, 1000);
  });
});

describe('a fault', () => {
  const fault = (status: number, text = '') => new IronicFault('GET /x', { status, body: Buffer.from(text) });

  it('is of a kind by its status', () => {
    const said = '{"error_message": {"faultstring": "No"}}';
    const kinds = [400, 401, 403, 404, 406, 409, 500, 503].map((status) => fault(status, said).kind);

    assert.deepEqual(kinds, [
      'invalid',
      'unavailable',
      'unavailable',
      'not-found',
      'unavailable',
      'conflict',
      'unavailable',
      'unavailable',
    ]);
  });

  it('is no word on the node when a web server says that there is no such page', () => {
    assert.equal(fault(404, '<html><h1>Not Found</h1></html>').kind, 'unavailable');
  });

  it('keeps secrets to itself', () => {
    assert.equal(
      fault(400, 'Cannot log in with password=hunter2 there').message,
      'Ironic answered 400 to GET /x: Cannot log in with password=*** there',
    );
  });

  it('is for good when something is there already', () => {
    assert.equal(fault(409, 'A port with MAC address x already exists.').isForGood, true);
    assert.equal(fault(409, 'Node x is locked by host y').isForGood, false);
    assert.equal(fault(503, 'It already fails').isForGood, false);
  });
});
