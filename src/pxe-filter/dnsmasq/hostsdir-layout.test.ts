// Shows these lines of docs/compatibility.md: dnsmasq-atomic-writes, dnsmasq-content-not-size, dnsmasq-forgotten-files, dnsmasq-purge.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { settableClock } from '../../../testing/settable-clock.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import type { Access, AccessMode } from '../access.ts';
import type { HostsFiles } from './hosts-files.ts';
import { HostsdirLayout } from './hostsdir-layout.ts';

const [a, b, c, d] = [1, 2, 3, 4].map((number) => `52:54:00:00:00:0${number}`) as [
  string,
  string,
  string,
  string,
];
const strangers = 'unknown_hosts_filter';
const access = (mode: AccessMode, allowed: string[] = [], denied: string[] = []): Access => ({
  mode,
  allowed: new Set(allowed),
  denied: new Set(denied),
});
const none = { allow: [], deny: [], forget: [] };
const failure = (code: string) => Object.assign(new Error(`${code}: made up`), { code });

interface Given {
  readonly purge?: boolean;
  readonly startsDnsmasq?: boolean;
  readonly canReload?: boolean;
  readonly files?: Partial<HostsFiles>;
}

function made(given: Given = {}, folder = join(temporaryFolder().path, 'hostsdir')) {
  fs.mkdirSync(folder, { recursive: true });
  const log = recordingLogger();
  const clock = settableClock(new Date().toISOString());
  const reloads: string[][] = [];
  const writes: string[] = [];
  const faults = { reload: undefined as Error | undefined };
  const reload = async () => {
    reloads.push(fs.readdirSync(folder).toSorted());
    if (faults.reload !== undefined) throw faults.reload;
  };
  const files: HostsFiles = {
    ...fs,
    renameSync(from, to) {
      fs.renameSync(from, to);
      if (!fs.statSync(to).isFile()) return;
      writes.push(`${String(to).split('/').at(-1)} ${fs.readFileSync(to, 'utf8').trimEnd()}`);
    },
    ...given.files,
  };
  const layout = new HostsdirLayout(
    { dhcp_hostsdir: folder, purge_dhcp_hostsdir: given.purge ?? true },
    {
      log,
      clock,
      files,
      run: 'this-run',
      reload: given.canReload === true ? reload : undefined,
      startsDnsmasq: given.startsDnsmasq ?? false,
    },
  );
  const put = (name: string, text: string) => fs.writeFileSync(join(folder, name), text);
  const content = () =>
    Object.fromEntries(
      fs
        .readdirSync(folder)
        .toSorted()
        .map((name) => [
          name,
          fs.lstatSync(join(folder, name)).isFile() ? fs.readFileSync(join(folder, name), 'utf8') : null,
        ]),
    );
  return { layout, folder, log, clock, reloads, writes, faults, put, content };
}

describe('init of the layout hostsdir', () => {
  it('keeps strangers out where nothing says what they get', async () => {
    const { layout, content } = made();

    await layout.init();

    assert.deepEqual(content(), { [strangers]: '*:*:*:*:*:*,ignore\n' });
  });

  it('leaves what an earlier run has left', async () => {
    const { layout, content, put } = made();
    put(strangers, '*:*:*:*:*:*\n');
    put(a, `${a}\n`);
    put('of-others', 'x');

    await layout.init();

    assert.deepEqual(content(), { [a]: `${a}\n`, 'of-others': 'x', [strangers]: '*:*:*:*:*:*\n' });
  });

  for (const text of ['', '*:*:*:*:*:*', `${a}\n`]) {
    it(`keeps strangers out where their file says ${JSON.stringify(text)}`, async () => {
      const { layout, content, put } = made();
      put(strangers, text);

      await layout.init();

      assert.deepEqual(content(), { [strangers]: '*:*:*:*:*:*,ignore\n' });
    });
  }

  const unfit: readonly (readonly [string, (folder: string) => void, RegExp])[] = [
    ['is missing', () => {}, /dhcp_hostsdir .*ENOENT.*\. Make the folder/],
    ['is a file', (folder) => fs.writeFileSync(folder, ''), /hostsdir is a file\. Name a folder$/],
    ['is a link to nowhere', (folder) => fs.symlinkSync('nowhere', folder), /ENOENT/],
  ];
  for (const [what, make, message] of unfit) {
    it(`does not begin where the folder ${what}`, async () => {
      const { layout, folder } = made();
      fs.rmdirSync(folder);
      make(folder);

      await assert.rejects(layout.init(), { name: 'InspectorError', kind: 'invalid', message });
    });
  }

  for (const [code, message] of [
    ['EROFS', /read-only: mount it for writing$/],
    ['EACCES', /The user of the service needs the right to write to the folder$/],
    ['ENOSPC', /Make room/],
  ] as const) {
    it(`does not begin where it cannot write: ${code}`, async () => {
      const writeFileSync = () => {
        throw failure(code);
      };
      const { layout } = made({ files: { writeFileSync } });

      await assert.rejects(layout.init(), { kind: 'invalid', message });
    });
  }
});

describe('the layout hostsdir', () => {
  it('writes the lines of the original, and none again that is right', async () => {
    const { layout, content, writes } = made();
    await layout.init();
    await layout.write(access('deny-list', [a], [b]));
    writes.length = 0;

    await layout.write(access('deny-list', [a], [b]));
    await layout.write(access('deny-list', [a], [b]), { ...none, modeWas: 'deny-list' });

    assert.deepEqual(writes, []);
    assert.deepEqual(content(), {
      [a]: `${a}\n`,
      [b]: `${b},ignore\n`,
      [strangers]: '*:*:*:*:*:*\n',
    });
  });

  it('lets strangers in last, and keeps them out first', async () => {
    const { layout, writes } = made();
    await layout.init();
    writes.length = 0;
    await layout.write(access('deny-list', [a, b], [c, d]));
    const opening = writes.splice(0);

    const change = { allow: [d], deny: [a, b], forget: [], modeWas: 'deny-list' } as const;
    await layout.write(access('allow-list', [d], [a, b, c]), change);

    assert.deepEqual(opening, [
      `${c} ${c},ignore`,
      `${d} ${d},ignore`,
      `${a} ${a}`,
      `${b} ${b}`,
      `${strangers} *:*:*:*:*:*`,
    ]);
    assert.deepEqual(writes, [
      `${strangers} *:*:*:*:*:*,ignore`,
      `${a} ${a},ignore`,
      `${b} ${b},ignore`,
      `${d} ${d}`,
    ]);
  });

  it('gives those that are forgotten what strangers get, also when that changes', async () => {
    const { layout, content, writes } = made();
    await layout.init();
    await layout.write(access('deny-list', [a], [b]));
    await layout.write(access('deny-list', [a]), { ...none, forget: [b, c], modeWas: 'deny-list' });
    const open = content();
    await layout.write(access('closed', [], [a]), { ...none, deny: [a], modeWas: 'deny-list' });
    const shut = content();
    writes.length = 0;
    await layout.write(access('closed', [], [a, b]), { ...none, deny: [b], modeWas: 'closed' });
    await layout.write(access('deny-list', [], [a, b]), { ...none, modeWas: 'closed' });

    assert.equal(open[b], `${b}\n`);
    assert.equal(shut[b], `${b},ignore\n`);
    assert.equal(content()[b], `${b},ignore\n`);
    assert.deepEqual(writes, [`${strangers} *:*:*:*:*:*`]);
    assert.equal(content()[c], undefined);
  });

  it('writes the file of one that is forgotten again where somebody has deleted it, as dnsmasq goes by it', async () => {
    const { layout, folder, content } = made();
    await layout.init();
    await layout.write(access('closed', [], [a]));
    await layout.write(access('closed'), { ...none, forget: [a], modeWas: 'closed' });
    fs.unlinkSync(join(folder, a));

    await layout.write(access('closed'));
    const whileClosed = content();
    await layout.write(access('deny-list'), { ...none, modeWas: 'closed' });

    assert.equal(whileClosed[a], `${a},ignore\n`);
    assert.equal(content()[a], `${a}\n`);
  });

  it('does not look at files that a change does not name', async () => {
    const { layout, put, content, folder } = made();
    await layout.init();
    await layout.write(access('deny-list', [], [a, b]));
    put(b, 'wrong');

    await layout.write(access('deny-list', [a], [b]), { ...none, allow: [a], modeWas: 'deny-list' });

    assert.equal(content()[b], 'wrong');
    assert.equal(fs.readFileSync(join(folder, a), 'utf8'), `${a}\n`);
  });

  for (const mac of [
    '',
    '52:54:00:00:00:0',
    '52:54:00:00:00:0A',
    `${a}\n`,
    '../../../etc/x/52',
    'unknown_hosts_filter',
    '-',
  ]) {
    it(`makes no file of ${JSON.stringify(mac)}`, async () => {
      const { layout, content } = made();
      await layout.init();
      const expected = {
        kind: 'unavailable',
        message: /expected a MAC address such as .*, got ".*Correct the port/,
      };

      await assert.rejects(layout.write(access('deny-list', [mac], [b])), expected);
      await assert.rejects(layout.write(access('deny-list', [], [b, mac])), expected);
      for (const change of [{ allow: [mac] }, { deny: [mac] }, { forget: [mac] }]) {
        await assert.rejects(
          layout.write(access('deny-list'), { ...none, modeWas: 'closed', ...change }),
          expected,
        );
      }

      assert.deepEqual(content(), { [strangers]: '*:*:*:*:*:*,ignore\n' });
    });
  }

  it('keeps out who is in both sets', async () => {
    const { layout, content } = made();
    await layout.init();

    await layout.write(access('allow-list', [a], [a]));

    assert.equal(content()[a], `${a},ignore\n`);
  });
});

describe('the repair of the folder', () => {
  const right = { [a]: `${a}\n`, [b]: `${b},ignore\n`, [strangers]: '*:*:*:*:*:*,ignore\n' };
  const damages: readonly (readonly [string, (folder: string) => void])[] = [
    ['was emptied', (folder) => fs.truncateSync(join(folder, b))],
    ['has another line of the same length', (folder) => fs.writeFileSync(join(folder, b), `${a},ignore\n`)],
    ['has been swapped', (folder) => fs.renameSync(join(folder, a), join(folder, b))],
    ['is gone', (folder) => fs.rmSync(join(folder, strangers))],
    ['says the opposite', (folder) => fs.writeFileSync(join(folder, strangers), '*:*:*:*:*:*\n')],
    ['is huge', (folder) => fs.truncateSync(join(folder, a), 2 ** 40)],
    [
      'is a pipe',
      (folder) => {
        fs.rmSync(join(folder, a));
        execFileSync('mkfifo', [join(folder, a)]);
      },
    ],
    [
      'is a folder',
      (folder) => {
        fs.rmSync(join(folder, b));
        fs.mkdirSync(join(folder, b, 'x'), { recursive: true });
      },
    ],
  ];
  for (const [what, damage] of damages) {
    it(`writes a file again that ${what}`, async () => {
      const { layout, folder, clock } = made();
      await layout.init();
      await layout.write(access('allow-list', [a], [b]));
      // What is older than the steps of the file system's clock is known by its times.
      clock.advance(10_000);
      await layout.write(access('allow-list', [a], [b]));
      damage(folder);

      await layout.write(access('allow-list', [a], [b]));

      for (const [name, text] of Object.entries(right)) {
        assert.equal(fs.readFileSync(join(folder, name), 'utf8'), text);
      }
    });
  }

  it('writes nothing through a link, and does not read through one', async () => {
    const { layout, folder, content } = made();
    await layout.init();
    const outside = join(folder, '..', 'outside');
    fs.writeFileSync(outside, `${a}\n`);
    for (const name of [a, b]) fs.symlinkSync(outside, join(folder, name));

    await layout.write(access('allow-list', [a], [b]));

    assert.deepEqual(content(), right);
    assert.equal(fs.readFileSync(outside, 'utf8'), `${a}\n`);
  });

  it('writes a file again that may not be read', async () => {
    const openSync = (path: fs.PathLike, flags: fs.OpenMode) => {
      if (String(path).endsWith(b)) throw failure('EACCES');
      return fs.openSync(path, flags);
    };
    const { layout, put, content } = made({ files: { openSync } });
    await layout.init();
    put(b, a);

    await layout.write(access('allow-list', [a], [b]));

    assert.deepEqual(content(), right);
  });

  it('reads a file once, unless it has changed', async () => {
    let opened = 0;
    const openSync = (path: fs.PathLike, flags: fs.OpenMode) => {
      opened += 1;
      return fs.openSync(path, flags);
    };
    const { layout, clock } = made({ files: { openSync } });
    await layout.init();
    await layout.write(access('allow-list', [a], [b]));
    clock.advance(10_000);
    opened = 0;
    await layout.write(access('allow-list', [a], [b]));
    assert.equal(opened, 3);

    await layout.write(access('allow-list', [a], [b]));

    assert.equal(opened, 3);
  });

  it('says that the folder is gone, and goes on when it is back, which dnsmasq does not see', async () => {
    const { layout, folder, log, content } = made();
    await layout.init();
    await layout.write(access('allow-list', [a], [b]));
    fs.renameSync(folder, `${folder}-old`);
    const message = /hostsdir.*ENOENT.*Make the folder, and restart dnsmasq when it is running/;
    await assert.rejects(layout.write(access('allow-list', [a], [b])), { kind: 'unavailable', message });
    await assert.rejects(
      layout.write(access('allow-list', [a, b]), { ...none, allow: [b], modeWas: 'allow-list' }),
      { kind: 'unavailable', message },
    );
    fs.mkdirSync(folder);

    await layout.write(access('allow-list', [a], [b]));

    assert.deepEqual(content(), right);
    assert.match(log.at('error')[0] ?? '', /another folder than before.*restart dnsmasq$/);
  });

  it('has dnsmasq watch a new folder where it can be signalled', async () => {
    const { layout, folder, reloads } = made({ canReload: true });
    await layout.init();
    await layout.write(access('closed'));
    await layout.tell(access('closed'));
    fs.renameSync(folder, `${folder}-old`);
    fs.mkdirSync(folder);

    await layout.write(access('closed'));
    await layout.tell(access('closed'));

    assert.deepEqual(reloads, [[strangers]]);
  });
});

describe('what does not belong into the folder', () => {
  const strange = (folder: string) => {
    fs.writeFileSync(join(folder, 'of others'), '*:*:*:*:*:*\n');
    fs.writeFileSync(join(folder, 'two\nlines'), '');
    fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0x01])]), '');
    fs.symlinkSync('/etc/passwd', join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    fs.mkdirSync(join(folder, 'folder'));
  };

  it('is removed at the first call, but for folders, which are reported once', async () => {
    const { layout, folder, log } = made();
    await layout.init();
    strange(folder);

    await layout.write(access('closed'));
    await layout.write(access('closed'));

    assert.deepEqual(fs.readdirSync(folder).toSorted(), ['folder', strangers]);
    assert.deepEqual(log.at('warning'), [
      `Not of this service, in the folder that dnsmasq watches: ${JSON.stringify(join(folder, 'folder'))}. Remove it`,
    ]);
    assert.ok(fs.existsSync('/etc/passwd'));
  });

  it('is left, and reported once, without purge_dhcp_hostsdir', async () => {
    const { layout, folder, log } = made({ purge: false });
    await layout.init();
    strange(folder);

    await layout.write(access('closed'));
    await layout.write(access('closed'));

    assert.equal(fs.readdirSync(folder).length, 7);
    const [message = '', ...more] = log.at('warning');
    assert.deepEqual(more, []);
    assert.match(message, /folder".*two\\nlines" and 1 more\. Remove it$/s);
  });

  it('is reported when it comes later', async () => {
    const { layout, put, log, content } = made();
    await layout.init();
    await layout.write(access('closed'));
    put('late', 'x');

    await layout.write(access('closed'));

    assert.match(log.at('warning')[0] ?? '', /late". Remove it/);
    assert.equal(content().late, 'x');
  });

  it('includes temporary files of runs that were ended, but not those of a moment ago', async () => {
    const { layout, put, folder } = made({ purge: false });
    await layout.init();
    for (const name of ['old-run-x', 'another-run-x', 'this-run-x']) put(`.ironic-inspector-${name}`, '');
    fs.utimesSync(join(folder, '.ironic-inspector-old-run-x'), 0, 0);

    await layout.write(access('closed'));

    assert.deepEqual(fs.readdirSync(folder).toSorted(), ['.ironic-inspector-another-run-x', strangers]);
  });
});

describe('files of ports that are gone', () => {
  const left = (put: (name: string, text: string) => void) => {
    put(a, `${a}\n`);
    put(b, `${b},ignore\n`);
    put(c, `${c},ignore\n`);
  };

  it('stay, and say what strangers get, where dnsmasq cannot be signalled and goes on', async () => {
    const { layout, put, content } = made();
    left(put);
    await layout.init();

    await layout.write(access('closed', [], [c]));
    await layout.tell(access('closed', [], [c]));

    assert.deepEqual(content(), {
      [a]: `${a},ignore\n`,
      [b]: `${b},ignore\n`,
      [c]: `${c},ignore\n`,
      [strangers]: '*:*:*:*:*:*,ignore\n',
    });
  });

  it('are deleted before dnsmasq is started, where they have kept the machine out', async () => {
    const { layout, put, content } = made({ startsDnsmasq: true });
    left(put);
    await layout.init();

    await layout.write(access('closed', [], [c]));

    assert.deepEqual(content(), {
      [a]: `${a},ignore\n`,
      [c]: `${c},ignore\n`,
      [strangers]: '*:*:*:*:*:*,ignore\n',
    });
  });

  it('are deleted where dnsmasq can be signalled, and it is then', async () => {
    const { layout, put, reloads, content } = made({ canReload: true });
    left(put);
    await layout.init();

    await layout.write(access('deny-list', [], [c]));
    await layout.tell(access('deny-list', [], [c]));

    assert.deepEqual(reloads, [[c, strangers]]);
    assert.deepEqual(Object.keys(content()), [c, strangers]);
  });

  it('are kept for ten minutes, as dnsmasq answers nobody while it reads', async () => {
    const { layout, clock, reloads, content } = made({ canReload: true });
    await layout.init();
    const step = async (allowed: string[], forget: string[]) => {
      const change = { ...none, allow: allowed, forget, modeWas: 'allow-list' } as const;
      await layout.write(access('allow-list', allowed), change);
      await layout.tell(access('allow-list', allowed), change);
      await layout.write(access('allow-list', allowed));
      await layout.tell(access('allow-list', allowed));
    };
    await step([a], []);
    await step([b], [a]);
    assert.equal(reloads.length, 1);
    await step([], [b]);
    assert.equal(reloads.length, 1);
    assert.equal(content()[b], `${b},ignore\n`);
    clock.advance(600_000);

    await step([], []);

    assert.deepEqual(reloads.at(-1), [strangers]);
    assert.equal(reloads.length, 2);
  });

  it('are back when dnsmasq could not be signalled', async () => {
    const { layout, put, log, faults, content } = made({ canReload: true });
    left(put);
    await layout.init();
    faults.reload = new Error('no pid file');

    await layout.write(access('deny-list', [], [c]));
    await layout.tell(access('deny-list', [], [c]));

    assert.equal(content()[a], `${a}\n`);
    assert.equal(content()[b], `${b}\n`);
    assert.match(log.at('warning')[0] ?? '', /^Files of ports that are gone stay in .*: no pid file$/);
  });
});

describe('many files', () => {
  it('are read again by dnsmasq where it can be signalled; from 10,001 on they are too many for that', async () => {
    const { layout, reloads, log, clock } = made({ canReload: true });
    const macs = Array.from(
      { length: 10_000 },
      (_, index) =>
        `52:54:01:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`,
    );
    await layout.init();
    const few = access('closed', [], macs.slice(0, 9_999));
    await layout.write(few);
    await layout.tell(few);
    assert.equal(reloads.length, 1);
    assert.deepEqual(log.at('warning'), []);
    clock.advance(600_000);
    const many = access('closed', [], [...macs.slice(1), a, b]);
    for (let time = 0; time < 2; time += 1) {
      await layout.write(many);
      await layout.tell(many);
    }

    assert.equal(reloads.length, 1);
    assert.match(
      log.at('warning').join(),
      /^[^ ]*hostsdir has 10003 files, and .*: set .*layout to hostsfile$/,
    );
  });
});

describe('a file system that fails', () => {
  it('lets nobody in when it is full, and keeps no temporary files', async () => {
    let room = Infinity;
    const writeFileSync: HostsFiles['writeFileSync'] = (path, text, how) => {
      room -= 1;
      fs.writeFileSync(path, room < 0 ? '' : text, how);
      if (room < 0) throw failure('ENOSPC');
    };
    const { layout, content } = made({ files: { writeFileSync } });
    await layout.init();
    await layout.write(access('allow-list', [], [a, b]));
    const before = content();
    room = 1;
    const now = access('deny-list', [a, b], []);

    const message = /could not write .*52:54:00:00:00:02: ENOSPC: made up\. Make room on the file system$/;
    await assert.rejects(layout.write(now), { kind: 'unavailable', message });
    assert.deepEqual(content(), before);
    room = Infinity;
    await layout.write(now);

    assert.deepEqual(content(), { [a]: `${a}\n`, [b]: `${b}\n`, [strangers]: '*:*:*:*:*:*\n' });
  });

  it('takes back whom it has let in when the rest does not work', async () => {
    const renameSync = (from: fs.PathLike, to: fs.PathLike) => {
      if (String(to).endsWith(b)) throw failure('EIO');
      fs.renameSync(from, to);
    };
    const { layout, content } = made({ files: { renameSync } });
    await layout.init();

    await assert.rejects(
      layout.write(access('deny-list', [a, b, c])),
      /could not write .*:02: EIO: made up$/,
    );

    assert.deepEqual(content(), { [a]: `${a},ignore\n`, [strangers]: '*:*:*:*:*:*,ignore\n' });
  });

  it('fails when taking back fails as well', async () => {
    let count = 0;
    const renameSync = (from: fs.PathLike, to: fs.PathLike) => {
      count += 1;
      if (count > 2) throw failure('EIO');
      fs.renameSync(from, to);
    };
    const { layout } = made({ files: { renameSync } });
    await layout.init();

    await assert.rejects(layout.write(access('deny-list', [a, b])), { kind: 'unavailable' });
  });

  it('keeps the others out where one file cannot be written, and lets nobody in then', async () => {
    const renameSync = (from: fs.PathLike, to: fs.PathLike) => {
      if (String(to).endsWith(a)) throw failure('EPERM');
      fs.renameSync(from, to);
    };
    const { layout, content } = made({ files: { renameSync } });
    await layout.init();

    await assert.rejects(
      layout.write(access('deny-list', [c], [a, b])),
      /:01: EPERM: made up\. The user of the service/,
    );

    assert.deepEqual(content(), { [b]: `${b},ignore\n`, [strangers]: '*:*:*:*:*:*,ignore\n' });
  });

  it('does not try every file where the first shows that none can be written', async () => {
    let count = 0;
    const writeFileSync = () => {
      count += 1;
      throw failure('EDQUOT');
    };
    const { layout } = made({ files: { writeFileSync } });

    await assert.rejects(layout.write(access('closed', [], [a, b, c])), /the quota is used up$/);

    assert.equal(count, 1);
  });

  it('leaves what may not be deleted', async () => {
    const unlinkSync = (path: fs.PathLike) => {
      if (String(path).endsWith('kept')) throw failure('EPERM');
      fs.unlinkSync(path);
    };
    const { layout, put, log, content } = made({ files: { unlinkSync } });
    put('kept', '');
    await layout.init();

    await layout.write(access('closed'));

    assert.equal(content().kept, '');
    assert.match(log.at('warning')[0] ?? '', /kept". Remove it/);
  });
});
