// Shows these lines of docs/compatibility.md: dnsmasq-hostsfile-layout.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { settableClock } from '../../../testing/settable-clock.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import type { Access, AccessMode } from '../access.ts';
import type { HostsFiles } from './hosts-files.ts';
import { HostsfileLayout } from './hostsfile-layout.ts';

const [a, b, c] = [1, 2, 3].map((number) => `52:54:00:00:00:0${number}`) as [string, string, string];
const access = (mode: AccessMode, allowed: string[] = [], denied: string[] = []): Access => ({
  mode,
  allowed: new Set(allowed),
  denied: new Set(denied),
});
const none = { allow: [], deny: [], forget: [] };
const closedLine = '*:*:*:*:*:*,ignore\n';

function made(given: { startsDnsmasq?: boolean; files?: Partial<HostsFiles> } = {}) {
  const folder = temporaryFolder().path;
  const path = join(folder, 'hostsfile');
  const log = recordingLogger();
  /** What dnsmasq has read. */
  const reads: string[] = [];
  const faults = { reload: undefined as Error | undefined };
  const layout = new HostsfileLayout(path, {
    log,
    clock: settableClock(),
    files: { ...fs, ...given.files },
    run: 'this-run',
    async reload() {
      if (faults.reload !== undefined) throw faults.reload;
      reads.push(fs.readFileSync(path, 'utf8'));
    },
    startsDnsmasq: given.startsDnsmasq ?? false,
  });
  const content = () => fs.readFileSync(path, 'utf8');
  const apply = async (...words: Parameters<typeof layout.write>) => {
    await layout.write(...words);
    await layout.tell();
  };
  return { layout, folder, path, log, reads, faults, content, apply };
}

function partsOf(log: ReturnType<typeof recordingLogger>) {
  return { log, clock: settableClock(), files: fs, run: 'other-run', startsDnsmasq: false };
}

/** A dnsmasq that gets to it some time after it was told. */
function slow(path: string) {
  return { reload: async () => void setTimeout(() => fs.readFileSync(path), 30) };
}

describe('init of the layout hostsfile', () => {
  it('keeps strangers out where there is no file, and tells dnsmasq', async () => {
    const { layout, reads } = made();

    await layout.init();

    assert.deepEqual(reads, [closedLine]);
  });

  it('tells nobody where dnsmasq is started later', async () => {
    const { layout, reads, content } = made({ startsDnsmasq: true });

    await layout.init();

    assert.deepEqual([reads, content()], [[], closedLine]);
  });

  it('begins where dnsmasq is not running', async () => {
    const { layout, faults, log } = made();
    faults.reload = new Error('no pid file');

    await layout.init();

    assert.match(log.at('info')[0] ?? '', /^dnsmasq reads .* when it is started: no pid file$/);
  });

  it('leaves what an earlier run has left, but for its temporary files', async () => {
    const { layout, folder, path, content, reads } = made();
    const text = `${a}\n${b},ignore\n*:*:*:*:*:*\n`;
    fs.writeFileSync(path, text);
    fs.writeFileSync(join(folder, '.ironic-inspector-earlier-hostsfile'), '');
    fs.writeFileSync(join(folder, '.ironic-inspector-earlier-other'), '');

    await layout.init();

    assert.deepEqual([content(), reads], [text, []]);
    assert.deepEqual(fs.readdirSync(folder), ['.ironic-inspector-earlier-other', 'hostsfile']);
  });

  for (const text of ['', `${a}\n`, a]) {
    it(`adds that strangers are kept out to ${JSON.stringify(text)}`, async () => {
      const { layout, path, content } = made();
      fs.writeFileSync(path, text);

      await layout.init();

      assert.equal(content(), `${text === '' ? '' : `${a}\n`}${closedLine}`);
    });
  }

  const foreign: readonly (readonly [string, (path: string) => void])[] = [
    ["somebody's reservations", (path) => fs.writeFileSync(path, `${a},192.0.2.1\n`)],
    ['another line', (path) => fs.writeFileSync(path, `${a}\nno\n`)],
    ['a folder', (path) => fs.mkdirSync(path)],
    ['a link', (path) => fs.symlinkSync('/etc/hosts', path)],
    [
      'a huge file',
      (path) => {
        fs.writeFileSync(path, '');
        fs.truncateSync(path, 2 ** 40);
      },
    ],
  ];
  for (const [what, make] of foreign) {
    it(`does not take over ${what}`, async () => {
      const { layout, path, folder } = made();
      make(path);

      await assert.rejects(layout.init(), {
        kind: 'invalid',
        message:
          /expected an ordinary file of this service alone, or none; .* Name another one, or remove it$/,
      });
      assert.deepEqual(fs.readdirSync(folder), ['hostsfile']);
    });
  }

  it('does not begin where the folder is missing', async () => {
    const { layout, folder } = made();
    fs.rmdirSync(folder);

    await assert.rejects(layout.init(), {
      kind: 'invalid',
      message: /dhcp_hostsfile .*ENOENT.*Make the folder/,
    });
  });
});

describe('the layout hostsfile', () => {
  it('has a line for each, and one for strangers at the end', async () => {
    const { apply, reads } = made();

    await apply(access('deny-list', [c, a], [b]));
    await apply(access('allow-list', [a], [b, c]), { ...none, deny: [c], modeWas: 'deny-list' });
    await apply(access('closed', [], [a]), { ...none, deny: [a], forget: [b, c], modeWas: 'allow-list' });

    assert.deepEqual(reads, [
      `${a}\n${b},ignore\n${c}\n*:*:*:*:*:*\n`,
      `${a}\n${b},ignore\n${c},ignore\n${closedLine}`,
      `${a},ignore\n${closedLine}`,
    ]);
  });

  it('neither writes nor signals where nothing has changed, whatever the order of the sets', async () => {
    const { apply, reads, path } = made();
    await apply(access('closed', [], [a, b]));
    const before = fs.statSync(path).ino;

    await apply(access('closed', [], [b, a]));
    await apply(access('closed', [], [b, a]), { ...none, modeWas: 'closed' });

    assert.equal(reads.length, 1);
    assert.equal(fs.statSync(path).ino, before);
  });

  it('tells a dnsmasq of an earlier run, although the file is right', async () => {
    const { layout, apply, reads, path } = made();
    fs.writeFileSync(path, closedLine);
    await layout.init();

    await apply(access('closed'));

    assert.deepEqual(reads, [closedLine]);
  });

  it('tells again what could not be told', async () => {
    const { apply, reads, faults } = made();
    faults.reload = new Error('not running');
    await assert.rejects(apply(access('closed')), /not running/);
    faults.reload = undefined;

    await apply(access('closed'));

    assert.deepEqual(reads, [closedLine]);
  });

  it('returns when dnsmasq has read the file', async () => {
    const { layout, log, path } = made();
    await layout.write(access('closed'));
    const { reload } = slow(path);
    const told = new HostsfileLayout(path, { ...partsOf(log), reload });

    await told.tell();

    assert.notEqual(fs.statSync(path).atimeMs, 1000);
    assert.deepEqual(log.at('warning'), []);
  });

  it('says once where dnsmasq does not show that it has read the file, and again only after it has', async () => {
    const { log, path, layout } = made();
    await layout.write(access('closed'));
    const mute = new HostsfileLayout(path, { ...partsOf(log), reload: async () => {} });
    const modes: AccessMode[] = ['closed', 'deny-list', 'closed'];
    for (const mode of modes) {
      await mute.write(access(mode), { ...none, modeWas: mode === 'closed' ? 'deny-list' : 'closed' });
      await mute.tell();
    }

    assert.equal(log.at('warning').length, 1);
    assert.match(log.at('warning')[0] ?? '', /see to it that it has dhcp-hostsfile=/);
    fs.readFileSync(path);
    await mute.write(access('deny-list'), { ...none, modeWas: 'closed' });
    await mute.tell();
    assert.equal(log.at('warning').length, 2);
  });

  it('does without where the times of the file are not its to change', async () => {
    const utimesSync = () => {
      throw Object.assign(new Error('EPERM: made up'), { code: 'EPERM' });
    };
    const { apply, reads } = made({ files: { utimesSync } });

    await apply(access('closed'));

    assert.deepEqual(reads, [closedLine]);
  });

  for (const [what, damage] of [
    ['emptied', (path: string) => fs.truncateSync(path)],
    ['changed to the same length', (path: string) => fs.writeFileSync(path, `${b}\n*:*:*:*:*:*\n`)],
    ['longer', (path: string) => fs.appendFileSync(path, `${b}\n`)],
    ['gone', (path: string) => fs.rmSync(path)],
    [
      'a folder',
      (path: string) => {
        fs.rmSync(path);
        fs.mkdirSync(path);
      },
    ],
    [
      'a link',
      (path: string) => {
        fs.renameSync(path, `${path}-x`);
        fs.symlinkSync(`${path}-x`, path);
      },
    ],
  ] as const) {
    it(`writes a file again that is ${what}`, async () => {
      const { apply, reads, path, content } = made();
      await apply(access('deny-list', [a]));
      damage(path);

      await apply(access('deny-list', [a]));

      assert.equal(content(), `${a}\n*:*:*:*:*:*\n`);
      assert.ok(fs.lstatSync(path).isFile());
      assert.equal(reads.length, 2);
    });
  }

  it('writes a file again that may not be read', async () => {
    const openSync = () => {
      throw Object.assign(new Error('EACCES: made up'), { code: 'EACCES' });
    };
    const { apply, reads } = made({ files: { openSync } });

    await apply(access('closed'));

    assert.deepEqual(reads, [closedLine]);
  });

  it('keeps the last file, and no temporary one, when the disk is full', async () => {
    const faults = { isFull: false };
    const writeFileSync: HostsFiles['writeFileSync'] = (path, text, how) => {
      fs.writeFileSync(path, text, how);
      if (faults.isFull) throw Object.assign(new Error('ENOSPC: made up'), { code: 'ENOSPC' });
    };
    const { apply, content, folder, path } = made({ files: { writeFileSync } });
    await apply(access('closed', [], [a]));
    faults.isFull = true;

    await assert.rejects(apply(access('deny-list', [a])), {
      kind: 'unavailable',
      message: `The PXE filter dnsmasq could not write ${path}: ENOSPC: made up. Make room on the file system`,
    });

    assert.equal(content(), `${a},ignore\n${closedLine}`);
    assert.deepEqual(fs.readdirSync(folder), ['hostsfile']);
  });

  for (const mac of ['', `${a}\n`, '*:*:*:*:*:*', `${a},set:x`, a.replace('52', 'AA')]) {
    it(`makes no line of ${JSON.stringify(mac)}`, async () => {
      const { apply, path } = made();

      await assert.rejects(apply(access('deny-list', [mac], [a])), /expected a MAC address/);
      await assert.rejects(apply(access('deny-list', [a], [mac])), /expected a MAC address/);

      assert.equal(fs.existsSync(path), false);
    });
  }
});
