import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { dnsmasqReload } from './dnsmasq-reload.ts';
import { systemFiles } from './hosts-files.ts';

const run = async () => '';

describe('dnsmasqReload', () => {
  it('is nothing where nobody says how', () => {
    assert.equal(dnsmasqReload(null, undefined, { files: systemFiles, run, kill: () => {} }), undefined);
  });

  it('runs the command, also where there is a pid file', async () => {
    const commands: unknown[] = [];
    const command = { program: 'reload', args: [] };
    const reload = dnsmasqReload('/nowhere', command, {
      files: systemFiles,
      run: async (given) => String(commands.push(given)),
      kill: () => assert.fail('no signal'),
    });

    await reload?.();

    assert.deepEqual(commands, [command]);
  });

  const cannot = 'dnsmasq cannot be told to read its hosts again: ';
  const ownPid = String(process.pid);
  const wrong: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['is not there', () => {}, /^there is no pid file .*Start dnsmasq with pid-file=.*dnsmasq_pid_file$/],
    ['is a folder', (path) => fs.mkdirSync(path), /^there is no pid file /],
    ['is a link', (path) => fs.symlinkSync('/proc/self/comm', path), /^there is no pid file /],
    ['is too long', (path) => fs.writeFileSync(path, `1${'0'.repeat(40)}`), /^there is no pid file /],
    ['is empty', (path) => fs.writeFileSync(path, ''), /^expected the number of a process in .*, got ""$/],
    ['has the process 0', (path) => fs.writeFileSync(path, '0'), /got "0"$/],
    ['has the process 1', (path) => fs.writeFileSync(path, '1\n'), /got "1\\n"$/],
    ['has a group', (path) => fs.writeFileSync(path, '-1'), /got "-1"$/],
    ['has words', (path) => fs.writeFileSync(path, '12 13'), /got "12 13"$/],
    [
      'has a process that is gone',
      (path) => fs.writeFileSync(path, '4194305'),
      /4194305 of .* is gone, or another user's\. Start/,
    ],
    [
      'has the process of something else',
      (path) => fs.writeFileSync(path, ownPid),
      new RegExp(`the process ${ownPid} of .* is ".*"\\. Start dnsmasq`),
    ],
  ];
  for (const [what, make, expected] of wrong) {
    it(`signals nobody by a pid file that ${what}`, async () => {
      const path = join(temporaryFolder().path, 'pid');
      make(path);
      const kill = () => assert.fail('no signal');
      const reload = dnsmasqReload(path, undefined, { files: systemFiles, run, kill }) ?? assert.fail();

      await assert.rejects(reload(), (error: any) => {
        assert.equal(error.kind, 'unavailable');
        assert.equal(error.message.slice(0, cannot.length), cannot);
        assert.match(error.message.slice(cannot.length), expected);
        return true;
      });
    });
  }

  it('says that the pid file may not be read', async () => {
    const path = join(temporaryFolder().path, 'pid');
    fs.writeFileSync(path, '42');
    const openSync = () => {
      throw Object.assign(new Error('EACCES: made up'), { code: 'EACCES' });
    };
    const reload = dnsmasqReload(path, undefined, { files: { ...fs, openSync }, run, kill: () => {} });

    await assert.rejects(reload ?? assert.fail(), /its pid file cannot be read: EACCES: made up/);
  });

  for (const [code, advice] of [
    ['EPERM', '. Run both as the same user, or set [dnsmasq_pxe_filter]dnsmasq_reload_command'],
    ['ESRCH', ''],
  ]) {
    it(`says what to do when the signal is refused with ${code}`, async () => {
      const { path } = temporaryFolder();
      fs.writeFileSync(join(path, 'pid'), '4242');
      fs.writeFileSync(join(path, 'comm'), 'dnsmasq\n');
      const inProc = (name: fs.PathLike) =>
        String(name).startsWith('/proc/') ? join(path, 'comm') : String(name);
      const files = {
        ...fs,
        lstatSync: ((name: string, how: object) => fs.lstatSync(inProc(name), how)) as typeof fs.lstatSync,
        openSync: (name: fs.PathLike, flags: fs.OpenMode) => fs.openSync(inProc(name), flags),
      };
      const kill = () => {
        throw Object.assign(new Error(`kill ${code}`), { code });
      };
      const reload = dnsmasqReload(join(path, 'pid'), undefined, { files, run, kill });

      await assert.rejects(reload ?? assert.fail(), {
        message: `${cannot}the process 4242 of ${join(path, 'pid')}: kill ${code}${advice}`,
      });
    });
  }
});
