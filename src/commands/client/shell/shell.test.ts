import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpClient } from '../../../../testing/made-up-client.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { allCommands } from '../all-commands.ts';
import { completionScript } from './completion-script.ts';
import { manualPage } from './manual-page.ts';

/** man-db's; the pages are for it. */
const viewer = 'man';

const has = (program: string, argument = '--version') => spawnSync(program, [argument]).status === 0;

/** The words before the current one, the current one, and what is to be offered. */
const cases: readonly (readonly [before: string, current: string, offered: string])[] = [
  ['', 'int', 'interface introspection'],
  ['introspection', 'sta', 'start status'],
  ['--os-cloud start introspection', 'ab', 'abort'],
  ['introspection rule', '', 'delete dry-run import list purge show test update'],
  ['interface', '', 'list show'],
  ['introspection data', '', 'save'],
  ['introspection start node', '--c', '--cacert --cancel-on-interrupt --check-errors --column'],
  ['status node', '--sort', ''],
  ['list -f', 't', 'table'],
  ['changes node --format', 't', 'table text'],
  ['introspection status n -f', 's', 'shell'],
  ['--os-interface', '', 'admin internal public'],
  ['interface show n eth0 --fields', 'ma', 'mac'],
  ['complete', '', 'bash zsh'],
  ['rule import', 'a', 'a-file another'],
  ['data save n --file', 'an', 'another'],
  ['--cacert', 'a', 'a-file another'],
  ['status --os-username', 'a', ''],
];

describe('shell completion', () => {
  const { path: folder } = temporaryFolder();
  writeFileSync(join(folder, 'a-file'), '');
  writeFileSync(join(folder, 'another'), '');

  it('offers in bash what may come next', { skip: has('bash') ? false : 'needs bash' }, () => {
    writeFileSync(join(folder, '.script'), completionScript('bash', allCommands));
    const ask = (before: string, current: string) =>
      execFileSync(
        'bash',
        [
          '--norc',
          '-c',
          'set -eu; source .script; c=$1; shift; COMP_WORDS=(ironic-inspector-client "$@" "$c"); ' +
            'COMP_CWORD=$(($# + 1)); _ironic_inspector_client; printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}',
          'bash',
          current,
          ...before.split(' ').filter((word) => word !== ''),
        ],
        { cwd: folder, encoding: 'utf8' },
      );

    for (const [before, current, offered] of cases) {
      const found = ask(before, current).trim().split('\n').sort().join(' ');
      assert.equal(found, offered, `${before} ${current}`);
    }
  });

  it('finds the same in zsh', { skip: has('zsh') ? false : 'needs zsh' }, () => {
    writeFileSync(join(folder, '.zsh'), completionScript('zsh', allCommands));
    const ask = (before: string) =>
      execFileSync(
        'zsh',
        [
          '-f',
          '-c',
          'compdef() { }; source ./.zsh; local offered flags paths; ' +
            '_ironic_inspector_client_candidates "$@"; print -r -- "$offered|$flags|$paths"',
          'zsh',
          ...before.split(' ').filter((word) => word !== ''),
        ],
        { cwd: folder, encoding: 'utf8' },
      );

    for (const [before, current, expected] of cases) {
      const [offered = '', flags = '', paths = ''] = ask(before).trim().split('|');
      const words = (current.startsWith('-') ? flags : offered).split(' ');
      const files = paths === '' || current.startsWith('-') ? [] : ['a-file', 'another'];
      const found = [...words, ...files].filter((word) => word.startsWith(current) && word !== '');
      assert.equal(found.sort().join(' '), expected, `${before} ${current}`);
    }
  });

  it('is printed by the verb and by the option of the other commands', async () => {
    const client = madeUpClient();

    const bash = await client.run('complete bash');
    const zsh = await client.run('--shell_completion=zsh');
    const option = await client.run('--shell_completion bash');
    const wrong = await client.run('--shell_completion fish');

    assert.equal(bash.out, completionScript('bash', allCommands));
    assert.equal(zsh.out, completionScript('zsh', allCommands));
    assert.deepEqual(option, bash);
    assert.equal(wrong.code, 2);
  });
});

describe('the manual page', () => {
  const page = manualPage(allCommands);

  it('is the committed one: ironic-inspector-client manual > docs/man/ironic-inspector-client.1', async () => {
    const committed = new URL('../../../../docs/man/ironic-inspector-client.1', import.meta.url);

    assert.equal(readFileSync(committed, 'utf8'), page);
    assert.equal((await madeUpClient().run('manual')).out, page);
  });

  it('has every command and option', () => {
    const plain = page.replaceAll('\\-', '-').replaceAll(/\\f[BIR]/g, '');

    for (const { words, options = [] } of allCommands) {
      assert.ok(plain.includes(`.SS "${words.join(' ')}`), words.join(' '));
      for (const { name } of options) assert.ok(plain.includes(name), name);
    }
  });

  it('is rendered without warnings', { skip: has('groff') && has(viewer) ? false : 'needs man-db' }, () => {
    const { status, stderr, stdout } = spawnSync(viewer, ['--warnings', '-Tutf8', '-l', '-'], {
      input: page,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', MANWIDTH: '80' },
    });

    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /Start the introspection of nodes\./);
  });
});
