import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { statesOf, untilAllAre } from './node-states.ts';

function nodesIn(...rows: (readonly [string, string, string | null, string | null])[]): string {
  const path = join(temporaryFolder().path, 'nodes.sqlite');
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE nodes (uuid TEXT PRIMARY KEY, state TEXT, finished_at TEXT, error TEXT)');
  const insert = database.prepare('INSERT INTO nodes VALUES (?, ?, ?, ?)');
  for (const row of rows) insert.run(...row);
  database.close();
  return path;
}

describe('states of nodes', () => {
  it('are counted for the nodes that are asked for, with errors and ends', () => {
    const path = nodesIn(
      ['a', 'finished', '2026-11-23 01:00:00.250000', null],
      ['b', 'error', '2026-11-23 01:00:00', 'no disk'],
      ['c', 'waiting', null, null],
      ['other', 'finished', null, null],
    );

    assert.deepEqual(statesOf(path, ['c', 'b', 'a', 'unknown']), {
      counts: { finished: 1, error: 1, waiting: 1 },
      errors: ['no disk'],
      finishedAt: [undefined, Date.UTC(2026, 10, 23, 1), Date.UTC(2026, 10, 23, 1, 0, 0, 250), undefined],
    });
  });

  it('are waited for, and a node that ended in an error counts', async () => {
    const path = nodesIn(
      ['a', 'finished', '2026-11-23 01:00:00', null],
      ['b', 'error', '2026-11-23 01:00:00', 'x'],
    );

    assert.deepEqual((await untilAllAre('finished', path, ['a', 'b'], 1)).errors, ['x']);
  });

  it('are not waited for without end, nor is a state enough whose time is still missing', async () => {
    const path = nodesIn(['a', 'finished', null, null]);

    await assert.rejects(
      untilAllAre('finished', path, ['a'], 0.05),
      /Expected 1 nodes to be finished in 0.05 s/,
    );
    assert.deepEqual((await untilAllAre('waiting', nodesIn(['a', 'waiting', null, null]), ['a'], 1)).counts, {
      waiting: 1,
    });
  });
});
