// Shows these lines of docs/compatibility.md: agent-time-out.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InspectorError } from '../errors/inspector-error.ts';
import type { HttpReply } from './http-post.ts';
import { postDocument, waitAfter } from './post-document.ts';

const url = 'http://127.0.0.1:5050/v1/continue';
const taken = { status: 200, body: '{"uuid": "1be26c0b-03f2-4d2e-ae87-c02d7f33c123"}' };
const conflict = { status: 409, body: '{"error":{"message":"busy"}}' };

/** A service that gives these replies in turn, and what was seen of the posting. */
function posting(replies: readonly (HttpReply | Error)[], urls: readonly string[] = [url]) {
  const left = [...replies];
  const seen = { posted: [] as string[], waits: [] as number[], lines: [] as string[] };
  return {
    seen,
    urls,
    body: '{"inventory":{}}',
    async post(address: string) {
      seen.posted.push(address);
      const next = left.shift();
      if (next === undefined || next instanceof Error) throw next ?? new Error('no more replies');
      return next;
    },
    sleep: async (milliseconds: number) => void seen.waits.push(milliseconds),
    log: (line: string) => void seen.lines.push(line),
  };
}

describe('posting the document', () => {
  it('gives the UUID of the node', async () => {
    const service = posting([taken]);

    assert.equal(await postDocument(service), '1be26c0b-03f2-4d2e-ae87-c02d7f33c123');
    assert.deepEqual(service.seen.posted, [url]);
    assert.deepEqual(service.seen.waits, []);
  });

  it('takes an answer without a UUID as taken', async () => {
    assert.equal(await postDocument(posting([{ status: 202, body: '{}' }])), null);
  });

  it('tries again on a broken connection, 409 and 5xx, with growing waits', async () => {
    const service = posting([
      new Error('refused'),
      conflict,
      { status: 503, body: 'down' },
      { status: 500, body: '' },
      taken,
    ]);

    await postDocument(service);

    assert.equal(service.seen.posted.length, 5);
    assert.deepEqual(service.seen.waits, [5000, 5000, 6000, 12_000]);
    assert.match(service.seen.lines.join('\n'), /cannot be reached: refused; the next attempt is in 5 s/);
    assert.match(service.seen.lines.join('\n'), /answered 409: busy/);
    assert.match(service.seen.lines.join('\n'), /answered 503: down/);
  });

  it('gives up after five attempts', async () => {
    const service = posting(Array.from({ length: 9 }, () => conflict));

    await assert.rejects(postDocument(service), (error: InspectorError) => {
      assert.equal(error.kind, 'unavailable');
      assert.match(error.message, /did not take the inventory in 5 attempts: .* answered 409: busy/);
      return true;
    });
    assert.equal(service.seen.posted.length, 5);
    assert.equal(service.seen.waits.length, 4);
  });

  for (const status of [400, 404, 413, 301]) {
    it(`takes ${status} as final`, async () => {
      const service = posting([{ status, body: '{"error":{"message":"Look up error"}}' }]);

      await assert.rejects(postDocument(service), (error: InspectorError) => {
        assert.ok(error instanceof InspectorError);
        assert.match(error.message, new RegExp(`answered ${status}.*: Look up error$`));
        return true;
      });
      assert.equal(service.seen.posted.length, 1);
    });
  }

  it('says when something else answers', async () => {
    await assert.rejects(
      postDocument(posting([{ status: 200, body: '<html>' }])),
      /Expected a JSON object .* '<html>'/,
    );
    await assert.rejects(postDocument(posting([{ status: 404, body: ' <html> ' }])), /<html>$/);
    await assert.rejects(postDocument(posting([{ status: 404, body: '{"error":"x"}' }])), /\{"error":"x"\}$/);
  });

  it('goes on to the next URL when one cannot be reached', async () => {
    const service = posting([new Error('refused'), taken], ['http://one/', 'http://two/']);

    await postDocument(service);

    assert.deepEqual(service.seen.posted, ['http://one/', 'http://two/']);
    assert.deepEqual(service.seen.waits, []);
  });

  it('waits no longer than 30 seconds', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 20].map(waitAfter),
      [5000, 5000, 6000, 12_000, 24_000, 30_000, 30_000],
    );
  });
});
