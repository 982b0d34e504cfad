import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from '../json/json-value.ts';
import type { IronicRequest } from './ironic-connection.ts';
import { listPages } from './list-pages.ts';

/** Answers the calls with these documents, one after the other. */
function connectionWith(...documents: JsonValue[]) {
  const calls: IronicRequest[] = [];
  const call = async (request: IronicRequest) => {
    calls.push(request);
    return documents.shift() ?? null;
  };
  return { calls, connection: { call, isAtLeast: async () => true } };
}

const listing = { path: '/nodes', member: 'nodes', query: { fields: 'uuid' }, newestKnown: 92 } as const;
const next = 'http://elsewhere/v1/nodes?marker=x';

describe('pages of a list', () => {
  it('are read from the last entry on, wherever the link leads', async () => {
    const { calls, connection } = connectionWith(
      { nodes: [{ uuid: 'a' }, { uuid: 'b' }], next },
      { nodes: [{ uuid: 'c' }], next: '' },
    );

    assert.deepEqual(await listPages(connection, listing), [{ uuid: 'a' }, { uuid: 'b' }, { uuid: 'c' }]);
    assert.deepEqual(
      calls.map(({ query }) => query?.marker),
      [undefined, 'b'],
    );
  });

  it('may repeat an entry that others have moved meanwhile', async () => {
    const { connection } = connectionWith(
      { nodes: [{ uuid: 'a' }], next },
      { nodes: [{ uuid: 'a' }, { uuid: 'b' }] },
    );

    assert.deepEqual(await listPages(connection, listing), [{ uuid: 'a' }, { uuid: 'b' }]);
  });

  it('must not go in a circle', async () => {
    const page = { nodes: [{ uuid: 'a' }], next };
    const { connection } = connectionWith(page, page, page);

    await assert.rejects(listPages(connection, listing), {
      kind: 'unavailable',
      message:
        "Expected a page with something new on it in Ironic's answer to GET /v1/nodes, got something else",
    });
  });

  for (const document of [null, [], { nodes: {} }, { nodes: ['a'] }, { nodes: [{ uuid: 1 }] }]) {
    it(`must be lists of what has a UUID, not ${JSON.stringify(document)}`, async () => {
      const { connection } = connectionWith(document);

      await assert.rejects(listPages(connection, listing), { kind: 'unavailable', message: /^Expected / });
    });
  }
});
