import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { labFolder } from '../setup/lab-folder.ts';
import { endOf, labPrograms, runLogged } from './programs.ts';

function folderOfLab() {
  const folder = labFolder(temporaryFolder().path);
  for (const path of [folder.logs, folder.temporary]) mkdirSync(path);
  return folder;
}

describe('the programs of a lab', () => {
  it('write to their logs, and are waited for', async () => {
    const folder = folderOfLab();
    const programs = labPrograms(folder);

    programs.start('talker', ['sh', '-c', 'echo here; read -r line']);
    programs.start('sleeper', ['sleep', '3']);
    await programs.until('sleeper', () => endOf(folder.log('talker')) === 'here');

    assert.deepEqual(programs.states().at(-1), { name: 'sleeper', state: 'running' });
  });

  it('are told of with the end of their log when they do not come up', async () => {
    const programs = labPrograms(folderOfLab());
    programs.start('broken', ['sh', '-c', 'echo no such thing; exit 3']);
    programs.start('missing', ['/nonexistent/program']);

    await assert.rejects(
      programs.until('broken', () => false),
      /broken did not come up \(ended with code 3\):\nno such thing/,
    );
    await assert.rejects(
      programs.until('missing', () => false),
      /missing did not come up \(not started\)/,
    );
    await assert.rejects(
      programs.until('other', () => false),
      /other did not come up/,
    );
  });

  it('may be run to their end', async () => {
    const folder = folderOfLab();

    await runLogged(folder, 'preparation', ['echo', 'done']);

    assert.equal(readFileSync(folder.log('preparation'), 'utf8'), 'done\n');
    await assert.rejects(
      runLogged(folder, 'preparation', ['sh', '-c', 'echo bad; exit 1']),
      /failed:\ndone\nbad/,
    );
  });
});
