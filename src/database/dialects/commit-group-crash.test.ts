import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';

const program = fileURLToPath(new URL('../../../testing/storing-process.ts', import.meta.url));

interface Writing {
  /** Bytes of a note. */
  readonly bytes: number;
  /** Files cannot grow beyond so many KiB: writes fail then. */
  readonly fileLimit?: number;
  /** Killed after so many lines. */
  readonly killAfter?: number;
}

/** What sixteen writers were told, in a process that is killed or whose disk fails, and what is there afterwards. */
async function written({ bytes, fileLimit, killAfter = Number.POSITIVE_INFINITY }: Writing) {
  const path = join(temporaryFolder().path, 'notes.sqlite');
  const limit = fileLimit === undefined ? '' : `trap '' XFSZ; ulimit -f ${fileLimit * 2}; `;
  const command = [process.execPath, program, `sqlite:///${path}`, '16', String(bytes)];
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > killAfter) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = text.split('\n').slice(0, -1);
  const told = lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice('stored '.length));
  const notes = new DatabaseSync(path).prepare('SELECT id, text FROM notes').all();
  return {
    told,
    failures: lines.filter((line) => line.startsWith('failed')),
    stored: new Set(notes.map(({ id }) => String(id))),
    areWhole: notes.every((note) => String(note.text).length === bytes),
  };
}

it('all that writers were told is stored is there after the process was killed', async () => {
  for (const killAfter of [10, 400]) {
    const { told, stored, areWhole } = await written({ bytes: 4000, killAfter });

    assert.ok(told.length >= killAfter, `${told.length} told`);
    assert.deepEqual(
      told.filter((id) => !stored.has(id)),
      [],
    );
    assert.ok(areWhole);
    // Each writer goes on when it has been told, so no more than one note of each is there untold.
    assert.ok(stored.size <= told.length + 16, `${stored.size} stored, ${told.length} told`);
  }
});

it('all that writers were told is stored is there after the disk has failed, and the others were told of it', async () => {
  const { told, failures, stored, areWhole } = await written({ bytes: 2000, fileLimit: 400 });

  assert.ok(told.length > 20, `${told.length} told`);
  assert.deepEqual([...stored].sort(), told.toSorted());
  assert.ok(areWhole);
  assert.deepEqual([...new Set(failures)], ['failed unavailable']);
});
