// Shows these lines of docs/compatibility.md: rootwrap-clean-environment, rootwrap-writable-files,
// rootwrap-no-privsep, rootwrap-no-daemon, rootwrap-groups.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type RootwrapSurroundings, runRootwrap } from './ironic-inspector-rootwrap.ts';
import type { AllowedCommand } from './rootwrap/run-allowed.ts';

const isRoot = process.getuid?.() === 0;
const command = fileURLToPath(new URL('../../bin/ironic-inspector-rootwrap.js', import.meta.url));

/** A configuration with these filters, and the command over made-up surroundings. */
function rootwrap(filters: string, more = '', changes: Partial<RootwrapSurroundings> = {}) {
  const { path } = temporaryFolder();
  const folder = join(path, 'filters');
  const config = join(path, 'rootwrap.conf');
  const file = join(folder, 'x.filters');
  mkdirSync(folder);
  writeFileSync(file, filters, { mode: 0o644 });
  writeFileSync(join(folder, '.hidden'), 'no filters');
  mkdirSync(join(folder, 'inner'));
  writeFileSync(config, `[DEFAULT]\nfilters_path=${folder},${path}/none\nexec_dirs=/usr/bin,/bin\n${more}`);
  const seen = { told: '', ran: [] as AllowedCommand[], syslog: [] as string[] };
  const on: RootwrapSurroundings = {
    environment: { PATH: '/usr/bin' },
    userId: process.getuid?.() ?? 0,
    tell: (text) => void (seen.told += text),
    run: async (allowed) => {
      seen.ran.push(allowed);
      return 7;
    },
    syslog: (priority, message) => void seen.syslog.push(`${priority} ${message}`),
    ...changes,
  };
  return {
    path,
    folder,
    config,
    file,
    seen,
    run: (...argv: string[]) => runRootwrap([config, ...argv], on),
    on,
  };
}

const filters =
  '[Filters]\nls: CommandFilter, ls, root\nenv: EnvFilter, env, root, A=, ls\nno: CommandFilter, no-such, root\n';

describe('ironic-inspector-rootwrap', () => {
  it('runs what a filter allows, and passes its exit code on', async () => {
    const { run, seen } = rootwrap(filters);

    assert.equal(await run('ls', '-l', '$(x)'), 7);
    assert.equal(seen.ran[0]?.executable, '/usr/bin/ls');
    assert.deepEqual(seen.ran[0]?.arguments, ['-l', '$(x)']);
    assert.deepEqual(seen, { told: '', ran: seen.ran, syslog: [] });
  });

  it('gives a command a clean environment (docs/compatibility.md, rootwrap-clean-environment)', async () => {
    const environment = { PATH: '/evil', LD_PRELOAD: '/evil.so', LANG: 'C', LC_ALL: 'C', HOME: undefined };
    const { run, seen } = rootwrap(filters, '', { environment });

    await run('env', 'A=b', 'ls');

    assert.deepEqual(seen.ran[0]?.environment, { LANG: 'C', LC_ALL: 'C', PATH: '/usr/bin:/bin', A: 'b' });
  });

  it('refuses with 99 what no filter allows, privsep-helper too (docs/compatibility.md, rootwrap-no-privsep)', async () => {
    const { run, seen } = rootwrap(filters);

    assert.equal(await run('rm', '-r\n', '/'), 99);
    assert.equal(await run('privsep-helper'), 99);
    assert.equal(
      seen.told.split('\n')[0],
      'ironic-inspector-rootwrap: Unauthorized command: rm -r\\n / (no filter matched)',
    );
  });

  it('ends with 98 without a command, and 96 without its executable', async () => {
    const { run, on, seen } = rootwrap(filters);

    assert.equal(await run(), 98);
    assert.equal(await runRootwrap([], on), 98);
    assert.equal(await run('no-such'), 96);
    assert.match(
      seen.told,
      /No command specified\n.*\n.*Executable not found: no-such \(filter match = no\)/,
    );
  });

  it('ends with 96 when the executable cannot be run', async () => {
    const { run, seen } = rootwrap(filters, '', {
      run: async () => {
        throw new Error('no');
      },
    });

    assert.equal(await run('ls'), 96);
    assert.match(seen.told, /\/usr\/bin\/ls cannot be run: no/);
  });

  for (const [title, more, message] of [
    ['a facility', 'syslog_log_facility=moon', /Unexpected syslog_log_facility: moon/],
    ['a level', 'syslog_log_level=loud', /Unexpected syslog_log_level: 'loud'/],
    ['a switch', 'use_syslog=maybe', /use_syslog: expected true or false/],
    ['a number', 'rlimit_nofile=many', /rlimit_nofile: expected a whole number/],
    ['an option that is there twice', 'exec_dirs=/bin', /line 4: exec_dirs is there already/],
    ['a line', 'what', /line 4: expected name = value/],
  ] as const) {
    it(`ends with 97 for ${title} that it does not understand`, async () => {
      const { run, seen } = rootwrap(filters, more);

      assert.equal(await run('ls'), 97);
      assert.match(seen.told, message);
    });
  }

  it('ends with 97 for a configuration that is missing or incomplete', async () => {
    const { path, on, seen } = rootwrap(filters);
    const other = join(path, 'other.conf');
    writeFileSync(other, 'x = 1\n');

    assert.equal(await runRootwrap([join(path, 'none'), 'ls'], on), 97);
    assert.equal(await runRootwrap([other, 'ls'], on), 97);
    writeFileSync(other, '[DEFAULT]\n');
    assert.equal(await runRootwrap([other, 'ls'], on), 97);
    assert.match(seen.told, /ENOENT.*\n.*expected a \[section\] first\n.*expected filters_path/);
  });

  it('refuses files that others may write (docs/compatibility.md, rootwrap-writable-files)', async () => {
    const { run, seen, file, folder, config } = rootwrap(filters);

    for (const path of [file, folder, config]) {
      const usual = path === folder ? 0o755 : 0o644;
      chmodSync(path, usual | 0o020);
      assert.equal(await run('ls'), 97);
      chmodSync(path, usual);
    }
    assert.equal(await run('ls'), 7);
    assert.equal(
      seen.told.match(/may be written by others: only root may write it \(chmod go-w/g)?.length,
      3,
    );
  });

  it('refuses files of another user than root', {
    skip: !isRoot && 'only root can make such a file',
  }, async () => {
    const { run, seen, file } = rootwrap(filters);
    chownSync(file, 65534, 65534);

    assert.equal(await run('ls'), 97);
    assert.match(seen.told, /belongs to user 65534: it must belong to root/);
  });

  it('names the file of a filter that lacks something, and leaves unknown classes out', async () => {
    const wrong = rootwrap('[Filters]\nx: CommandFilter, ls\n');
    const unknown = rootwrap(
      '[Filters]\nx: MoonFilter, ls, root\nls: CommandFilter, no, root\nls: CommandFilter, ls, root\n',
    );
    const none = rootwrap('[Other]\n');

    assert.equal(await wrong.run('ls'), 97);
    assert.match(wrong.seen.told, /x\.filters: filter x: expected an executable and a user/);
    assert.equal(await unknown.run('ls'), 7);
    assert.match(unknown.seen.told, /x\.filters: filter x has an unknown class and is left out: MoonFilter/);
    assert.equal(await none.run('ls'), 97);
    assert.match(none.seen.told, /expected a section \[Filters\]/);
  });

  it('logs to syslog what the level asks for (docs/compatibility.md, rootwrap-no-daemon)', async () => {
    const all = rootwrap(
      filters,
      'use_syslog=yes\nsyslog_log_level=info\nsyslog_log_facility=LOG_AUTH\nrlimit_nofile=5',
    );
    const refusals = rootwrap(filters, 'use_syslog=yes');
    const nothing = rootwrap(filters, 'use_syslog=yes\nsyslog_log_level=critical');

    for (const { run } of [all, refusals, nothing]) {
      await run('ls', 'x');
      await run('rm');
    }

    assert.deepEqual(all.seen.syslog, [
      'auth.info Executing /usr/bin/ls x (filter match = ls)',
      'auth.err Unauthorized command: rm (no filter matched)',
    ]);
    assert.deepEqual(refusals.seen.syslog, ['syslog.err Unauthorized command: rm (no filter matched)']);
    assert.deepEqual(nothing.seen.syslog, []);
  });
});

describe('the process', () => {
  const shell =
    '[Filters]\nsh: CommandFilter, sh, root\nid: CommandFilter, id, nobody\nx: CommandFilter, ls, no-such-user\n';

  it("has the command's streams, exit code and signal", () => {
    const { config } = rootwrap(shell);
    const run = (script: string) =>
      spawnSync(process.execPath, [command, config, 'sh', '-c', script], { encoding: 'utf8', input: 'in' });

    const told = run('cat; echo err >&2; exit 3');

    assert.deepEqual([told.status, told.stdout, told.stderr], [3, 'in', 'err\n']);
    assert.equal(run('kill -9 $$').status, 137);
    assert.equal(spawnSync(process.execPath, [command, config, 'rm']).status, 99);
  });

  it('passes signals on', async () => {
    const { config } = rootwrap(shell);
    const script = 'trap "exit 5" TERM; echo up; while :; do sleep 0.05; done';
    const child = spawn(process.execPath, [command, config, 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');

    child.kill('SIGTERM');

    assert.deepEqual(await once(child, 'exit'), [5, null]);
  });

  it('runs as the user of the filter, with its group (docs/compatibility.md, rootwrap-groups)', {
    skip: !isRoot && 'only root can run commands as another user',
  }, () => {
    const { config } = rootwrap(shell);

    const told = spawnSync(process.execPath, [command, config, 'id'], { encoding: 'utf8' });
    const unknown = spawnSync(process.execPath, [command, config, 'ls'], { encoding: 'utf8' });

    assert.equal(told.stdout.replace(/ groups=.*/, ''), 'uid=65534(nobody) gid=65534(nogroup)\n');
    assert.equal(unknown.status, 96);
    assert.match(unknown.stderr, /the user no-such-user of the filter is not known/);
  });
});
