import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeRecord } from '../../testing/api-dependencies.ts';
import { statusDocument } from './status-document.ts';

const request = { link: (path: string) => `http://host${path}` };

describe('statusDocument', () => {
  it('tells how far an introspection is', () => {
    const record = nodeRecord();

    assert.deepEqual(statusDocument(record, request), {
      error: null,
      finished: false,
      finished_at: null,
      links: [{ href: `http://host/v1/introspection/${record.uuid}`, rel: 'self' }],
      started_at: '2026-11-22T13:36:35.999804',
      state: 'waiting',
      uuid: record.uuid,
    });
  });

  it('tells how one has ended', () => {
    const record = nodeRecord({
      state: 'error',
      error: 'Canceled by operator',
      finishedAt: '2026-11-22T13:40:00.500000',
    });

    const { finished, finished_at: finishedAt, error, state } = statusDocument(record, request);

    assert.deepEqual(
      { finished, finishedAt, error, state },
      {
        finished: true,
        finishedAt: '2026-11-22T13:40:00.500000',
        error: 'Canceled by operator',
        state: 'error',
      },
    );
  });

  it('leaves out a fraction of zero', () => {
    const record = nodeRecord({ startedAt: '2026-11-22T13:36:30.000000' });

    assert.equal(statusDocument(record, request).started_at, '2026-11-22T13:36:30');
  });

  it('takes a missing start for unknown (docs/compatibility.md, status-no-start)', () => {
    assert.equal(statusDocument(nodeRecord({ startedAt: null }), request).started_at, null);
  });
});
