// Shows these lines of docs/compatibility.md: rootwrap-whole-arguments, rootwrap-path-boundary.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { buildFilter } from './build-filter.ts';
import { matchFilter } from './match-filter.ts';
import { resolvePath } from './resolve-path.ts';

const folder = temporaryFolder().path;
for (const name of ['ip', 'iptables', 'dnsmasq', 'nice', 'chown']) {
  writeFileSync(join(folder, name), '');
  chmodSync(join(folder, name), 0o755);
}
mkdirSync(join(folder, 'images'));
mkdirSync(join(folder, 'images-2'));
symlinkSync('/etc', join(folder, 'images', 'link'));
symlinkSync(join(folder, 'nowhere'), join(folder, 'images', 'dangling'));

/** What the filters make of a command: its arguments and variables, or why not. */
function judged(lines: readonly string[], command: readonly string[], PATH = '') {
  const filters = lines.flatMap(
    (line, index) => buildFilter(`f${index}`, line, { environment: { PATH } }) ?? [],
  );
  const verdict = matchFilter(filters, command, [join(folder, 'none'), folder]);
  if (verdict.kind !== 'allowed') return verdict.kind;
  const { filter } = verdict;
  return { arguments: filter.arguments(command), environment: filter.environment?.(command) };
}

const isAllowed = (line: string, ...command: string[]) => typeof judged([line], command) === 'object';

describe('CommandFilter', () => {
  it('allows its executable with any arguments, by name or path', () => {
    assert.deepEqual(judged(['CommandFilter, iptables, root'], ['iptables', '-L']), {
      arguments: ['-L'],
      environment: undefined,
    });
    assert.ok(isAllowed(`CommandFilter, ${folder}/iptables, root`, 'iptables'));
    assert.ok(isAllowed(`CommandFilter, ${folder}/iptables, root`, `${folder}/iptables`));
    assert.equal(judged(['CommandFilter, iptables, root'], ['/tmp/iptables']), 'unauthorized');
  });

  it('tells a missing executable from a command that is not allowed', () => {
    assert.equal(judged(['CommandFilter, missing, root'], ['missing']), 'not-found');
    assert.equal(judged([], ['missing']), 'unauthorized');
  });

  it('needs an executable and a user', () => {
    assert.throws(
      () => buildFilter('x', 'CommandFilter, ip', { environment: {} }),
      /filter x: expected an exec/,
    );
  });

  it('is the only class that is meant when the class is known', () => {
    assert.equal(buildFilter('x', 'NoSuchFilter, ip, root', { environment: {} }), undefined);
  });
});

describe('RegExpFilter', () => {
  const line = 'RegExpFilter, ip, root, ip, link|addr, eth\\d+';

  it('compares every argument as a whole', () => {
    assert.ok(isAllowed(line, 'ip', 'addr', 'eth12'));
    assert.ok(!isAllowed(line, 'ip', 'addr'));
    assert.ok(!isAllowed(line, 'ip', 'addr', 'eth12', 'more'));
    assert.ok(!isAllowed(line, 'ip', 'addr', 'xeth1'));
    assert.ok(!isAllowed(line));
  });

  it('allows neither a longer text nor a line feed (docs/compatibility.md, rootwrap-whole-arguments)', () => {
    assert.ok(!isAllowed(line, 'ip', 'link-and-more', 'eth1'));
    assert.ok(!isAllowed(line, 'ip', 'link', 'eth1\n'));
  });

  it("reads Python's notation, and allows nothing by what it cannot read", () => {
    assert.ok(isAllowed('RegExpFilter, ip, root, \\Aip\\Z, (?P<a>x)(?P=a)', 'ip', 'xx'));
    assert.ok(!isAllowed('RegExpFilter, ip, root, ip, (', 'ip', '('));
  });

  it('does not look at arguments beyond 4096 characters', () => {
    assert.ok(isAllowed('RegExpFilter, ip, root, ip, x+', 'ip', 'x'.repeat(4096)));
    assert.ok(!isAllowed('RegExpFilter, ip, root, ip, x+', 'ip', 'x'.repeat(4097)));
  });
});

describe('PathFilter', () => {
  const line = `PathFilter, chown, root, nova, pass, ${folder}/images`;

  it('hands on the real path of what lies in the folder', () => {
    assert.deepEqual(judged([line], ['chown', 'nova', 'any', `${folder}/images/../images/new`]), {
      arguments: ['nova', 'any', `${folder}/images/new`],
      environment: undefined,
    });
    assert.ok(isAllowed(line, 'chown', 'nova', 'any', `${folder}/images`));
  });

  it('refuses what leads out of it (docs/compatibility.md, rootwrap-path-boundary)', () => {
    for (const path of ['images/../x', 'images/link/passwd', 'images/dangling', 'images-2/x']) {
      assert.ok(!isAllowed(line, 'chown', 'nova', 'any', `${folder}/${path}`), path);
    }
    assert.ok(!isAllowed(line, 'chown', 'root', 'any', `${folder}/images/x`));
    assert.ok(!isAllowed(line, 'chown', 'nova'));
    assert.ok(!isAllowed(line, 'chown'));
    assert.ok(!isAllowed(line, 'ip', 'nova', 'any', `${folder}/images/x`));
  });

  it('gives up on links that go in circles', () => {
    symlinkSync(join(folder, 'circle'), join(folder, 'circle'));

    assert.throws(() => resolvePath(join(folder, 'circle')), /more than 40 symbolic links/);
  });
});

describe('KillFilter', () => {
  const own = String(process.pid);
  const name = process.execPath.split('/').at(-1) ?? '';
  const searched = process.execPath.slice(0, -name.length - 1);

  it('allows the listed signals for a process of the program', () => {
    const line = `KillFilter, root, ${process.execPath}, -9, -HUP`;

    assert.ok(isAllowed(line, 'kill', '-HUP', own));
    assert.ok(!isAllowed(line, 'kill', '-15', own));
    assert.ok(!isAllowed(line, 'kill', own));
    assert.ok(!isAllowed(line, 'kill', '-9', own, own));
    assert.ok(!isAllowed(line, 'kill', '-9', '1'));
    assert.ok(!isAllowed(line, 'kill', '-9', '4194399'));
    assert.ok(!isAllowed(line, 'kill', '-9', '-1'));
    assert.ok(!isAllowed(line, 'other', '-9', own));
  });

  it('without signals allows the plain one', () => {
    assert.ok(isAllowed(`KillFilter, root, ${process.execPath}`, 'kill', own));
    assert.ok(!isAllowed(`KillFilter, root, ${process.execPath}`, 'kill', '-9', own));
  });

  it('knows a program by its name when its folder is in PATH', () => {
    assert.equal(typeof judged([`KillFilter, root, ${name}`], ['kill', own], searched), 'object');
    assert.equal(judged([`KillFilter, root, ${name}`], ['kill', own], '/sbin'), 'unauthorized');
  });

  it('needs a user and a program', () => {
    assert.throws(
      () => buildFilter('x', 'KillFilter, root', { environment: {} }),
      /expected a user and a program/,
    );
  });
});

describe('ReadFileFilter', () => {
  it('allows cat of its file', () => {
    assert.deepEqual(judged(['ReadFileFilter, /etc/x'], ['cat', '/etc/x']), {
      arguments: ['/etc/x'],
      environment: undefined,
    });
    assert.ok(!isAllowed('ReadFileFilter, /etc/x', 'cat', '/etc/y'));
    assert.ok(!isAllowed('ReadFileFilter, /etc/x', 'cat', '/etc/x', '/etc/y'));
    assert.throws(() => buildFilter('x', 'ReadFileFilter', { environment: {} }), /filter x: expected a file/);
  });
});

describe('IpFilter', () => {
  it('allows all but running a command in a namespace', () => {
    assert.ok(isAllowed('IpFilter, ip, root', 'ip', 'link', 'show'));
    assert.ok(isAllowed('IpFilter, ip, root', 'ip', 'netns', 'list'));
    assert.ok(!isAllowed('IpFilter, ip, root', 'ip', 'netns', 'exec', 'a', 'sh'));
    assert.ok(!isAllowed('IpFilter, ip, root', 'ip', '-6', 'net', 'e', 'a', 'sh'));
    assert.ok(!isAllowed('IpFilter, ip, root', 'iptables'));
  });
});

describe('EnvFilter', () => {
  const line = 'EnvFilter, env, root, A=, B=, dnsmasq, -x';

  it('sets exactly the listed variables, with or without the word env', () => {
    const expected = { arguments: ['-x', 'b=c'], environment: { A: '1=2' } };

    assert.deepEqual(judged([line], ['env', 'A=1=2', 'B=', 'dnsmasq', '-x', 'b=c']), expected);
    assert.deepEqual(judged([line], ['A=1=2', 'B=', 'dnsmasq', '-x', 'b=c']), expected);
  });

  it('refuses others', () => {
    assert.ok(!isAllowed(line, 'A=1', 'dnsmasq', '-x', 'y'));
    assert.ok(!isAllowed(line, 'A=1', 'A=2', 'dnsmasq', '-x'));
    assert.ok(!isAllowed(line, 'A=1', 'B=2', 'C=3', 'dnsmasq'));
    assert.ok(!isAllowed(line, 'A=1', 'B=2', 'ip', '-x'));
    assert.ok(!isAllowed(line, 'A=1', 'B=2'));
    assert.ok(!isAllowed('EnvFilter, dnsmasq, root', 'dnsmasq'));
  });
});

describe('filters that run other commands', () => {
  it('need a filter for the command inside, for the same user', () => {
    const chain = 'ChainingRegExpFilter, nice, root, nice, -n, \\d+';
    const command = ['nice', '-n', '5', '/usr/bin/ip', 'link'];

    assert.equal(typeof judged([chain, 'IpFilter, ip, root'], command), 'object');
    assert.equal(judged([chain, 'IpFilter, ip, nobody'], command), 'unauthorized');
    assert.equal(judged([chain], command), 'unauthorized');
    assert.equal(judged([chain, 'IpFilter, ip, root'], ['nice', '-n', '5']), 'unauthorized');
    assert.equal(judged([chain, chain], ['nice', '-n', '5', 'nice', '-n', '5', 'ip']), 'unauthorized');
  });

  it('know ip netns exec, as root', () => {
    const command = ['ip', 'netns', 'exec', 'blue', '/sbin/iptables', '-L'];
    const leaf = 'CommandFilter, iptables, root';

    assert.equal(typeof judged(['IpNetnsExecFilter, ip, root', leaf], command), 'object');
    assert.equal(judged(['IpNetnsExecFilter, ip, nobody', leaf], command), 'unauthorized');
    assert.equal(judged(['IpNetnsExecFilter, ip, root', leaf], ['ip', 'netns', 'exec']), 'unauthorized');
    assert.equal(
      judged(['IpNetnsExecFilter, ip, root', leaf], ['ip', 'netns', 'exec', 'blue']),
      'unauthorized',
    );
  });

  it('allow nothing by the bare class', () => {
    assert.equal(
      judged(['ChainingFilter, ip, root', 'CommandFilter, dnsmasq, root'], ['ip', 'dnsmasq']),
      'unauthorized',
    );
  });
});
