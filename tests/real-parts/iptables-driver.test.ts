// Shows these lines of docs/compatibility.md: iptables-one-transaction, iptables-closed-at-start,
// iptables-keeps-last-rules, iptables-foreign-chain, iptables-repairs, privileges-direct.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultsOf } from '../../src/config/option.ts';
import { type PrivilegedCommand, privilegedRunner } from '../../src/host/privileged-command.ts';
import type { Access, AccessMode } from '../../src/pxe-filter/access.ts';
import { iptablesDriver } from '../../src/pxe-filter/iptables/iptables-driver.ts';
import { iptablesOptions } from '../../src/pxe-filter/iptables/iptables-options.ts';
import { skipWithout } from '../../testing/debian-packages.ts';
import { changeBetween, filterDriverContract } from '../../testing/filter-driver-contract.ts';
import { filterVerdict } from '../../testing/filter-verdict.ts';
import { openNamespace, withoutNamespaces } from '../../testing/network-namespace.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

type Backend = 'nft' | 'legacy';
type Version = '4' | '6';

const skip = skipWithout(['iptables', 'iproute2', 'util-linux']) || withoutNamespaces();
const [a, b, c] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as const;

const access = (mode: AccessMode, allowed: readonly string[], denied: readonly string[]): Access => ({
  mode,
  allowed: new Set(allowed),
  denied: new Set(denied),
});

/** The usual programs in a folder of their own, of one kind and in one network namespace. */
function programsIn(pid: number, backend: Backend): string {
  const { path } = temporaryFolder();
  const user = process.getuid?.() === 0 ? '' : '--user --preserve-credentials';
  for (const family of ['iptables', 'ip6tables']) {
    for (const part of ['', '-save', '-restore']) {
      const program = join(path, `${family}${part}`);
      const real = `/usr/sbin/${family}-${backend}${part}`;
      // The lock of the legacy kind is one for the whole machine, and none of ours.
      const lock = `XTABLES_LOCKFILE=${path}/lock`;
      writeFileSync(program, `#!/bin/sh\n${lock} exec nsenter --target=${pid} ${user} --net ${real} "$@"\n`);
      chmodSync(program, 0o755);
    }
  }
  return path;
}

/** A firewall of its own, and a driver over it. */
async function opened(t: TestContext, backend: Backend, version: Version) {
  const namespace = await openNamespace();
  t.after(() => namespace.close());
  const family = version === '4' ? 'iptables' : 'ip6tables';
  const path = `${programsIn(namespace.pid, backend)}:/usr/sbin:/usr/bin:/sbin:/bin`;
  const run = privilegedRunner({ rootwrapConfig: '', isEnough: () => true, path });
  const commands: string[] = [];
  const log = recordingLogger();
  let saved: string | undefined;
  let failures = 0;
  const recorded = (command: PrivilegedCommand) => {
    commands.push([command.program, ...command.args].join(' '));
    saved = undefined;
    failures -= 1;
    return run(failures >= 0 ? { program: 'false', args: [] } : command);
  };
  const save = async () => (saved ??= await run({ program: `${family}-save`, args: ['-t', 'filter'] }));
  const options = { ...defaultsOf(iptablesOptions), ip_version: version };
  return {
    log,
    commands,
    make: () => iptablesDriver(options, { run: recorded, log }),
    save,
    /** What is in the table beyond what every table has. */
    rules: async () =>
      (await save())
        .split('\n')
        .filter((line) => line.startsWith('-A') || (line.startsWith(':') && line.includes(' - ['))),
    /** Runs iptables or ip6tables as a stranger would. */
    stranger: async (...lines: readonly string[]) => {
      saved = undefined;
      for (const line of lines) await run({ program: family, args: line.split(' ') });
    },
    failNext: (count: number) => void (failures = count),
  };
}

const kinds: readonly (readonly [Backend, Version])[] = [
  ['nft', '4'],
  ['legacy', '4'],
  ['nft', '6'],
  ['legacy', '6'],
];

for (const [backend, version] of kinds) {
  const port = version === '4' ? 67 : 547;
  const jump = `-i br-ctlplane -p udp -m udp --dport ${port} -j ironic-inspector`;
  const icmp = version === '4' ? 'icmp' : 'icmp6';

  describe(`with iptables of kind ${backend} and IPv${version}`, { skip }, () => {
    filterDriverContract(
      'iptables',
      async (t) => {
        const { make, save, stranger, failNext } = await opened(t, backend, version);
        return {
          make,
          answers: async (mac) =>
            filterVerdict(await save(), { interfaceName: 'br-ctlplane', port, mac }) === 'ACCEPT',
          damage: () => stranger('-F ironic-inspector', '-I INPUT -j ACCEPT'),
          failNext: () => failNext(2),
        };
      },
      { steps: 8, many: 1000 },
    );

    it('has the rules of the original in the kernel, and nothing at the end', async (t) => {
      const { make, rules, stranger } = await opened(t, backend, version);
      const driver = make();
      const before = await rules();

      await stranger('-A INPUT -p tcp -j ACCEPT');
      await driver.init();
      const closed = await rules();
      await driver.apply(access('deny-list', [a], [b, c]));
      const denyList = await rules();
      await driver.apply(access('allow-list', [a], [b, c]));
      const allowList = await rules();
      await driver.tearDown();

      const chain = [':ironic-inspector - [0:0]', `-A INPUT ${jump}`, '-A INPUT -p tcp -j ACCEPT'];
      assert.deepEqual(before, []);
      assert.deepEqual(closed, [
        ...chain,
        `-A ironic-inspector -j REJECT --reject-with ${icmp}-port-unreachable`,
      ]);
      assert.deepEqual(denyList, [
        ...chain,
        `-A ironic-inspector -m mac --mac-source ${b} -j DROP`,
        `-A ironic-inspector -m mac --mac-source ${c} -j DROP`,
        '-A ironic-inspector -j ACCEPT',
      ]);
      assert.deepEqual(allowList, [
        ...chain,
        `-A ironic-inspector -m mac --mac-source ${a} -j ACCEPT`,
        '-A ironic-inspector -j DROP',
      ]);
      assert.deepEqual(await rules(), ['-A INPUT -p tcp -j ACCEPT']);
    });

    it('changes single machines with one program each', async (t) => {
      const { make, commands, rules } = await opened(t, backend, version);
      const driver = make();
      await driver.init();
      const before = access('deny-list', [], [a, b]);
      await driver.apply(before);
      commands.length = 0;

      const now = access('deny-list', [a], [b, c]);
      await driver.apply(now, changeBetween(before, now));

      assert.equal(commands.length, 1);
      assert.deepEqual((await rules()).slice(2), [
        `-A ironic-inspector -m mac --mac-source ${c} -j DROP`,
        `-A ironic-inspector -m mac --mac-source ${b} -j DROP`,
        '-A ironic-inspector -j ACCEPT',
      ]);
    });

    for (const [title, lines] of [
      ['a jump that is gone', [`-D INPUT ${jump}`]],
      ['a jump that is there twice', [`-I INPUT ${jump}`]],
      ['a jump that is not the first', ['-I INPUT -p udp -j ACCEPT']],
      ['rules that are gone', ['-F ironic-inspector']],
      ['a rule of a stranger', ['-I ironic-inspector -j ACCEPT']],
      ['a chain that is gone', [`-D INPUT ${jump}`, '-F ironic-inspector', '-X ironic-inspector']],
      [
        "the original's chain before it is swapped",
        ['-N ironic-inspector_temp', '-A ironic-inspector_temp -j ACCEPT'],
      ],
      [
        "the original's two jumps",
        ['-N ironic-inspector_temp', '-A ironic-inspector_temp -j ACCEPT', `-I INPUT ${jump}_temp`],
      ],
      [
        "the original's chain before it is renamed",
        [
          '-N ironic-inspector_temp',
          '-A ironic-inspector_temp -j ACCEPT',
          `-I INPUT ${jump}_temp`,
          `-D INPUT ${jump}`,
          '-F ironic-inspector',
          '-X ironic-inspector',
        ],
      ],
    ] as const) {
      it(`repairs ${title}`, async (t) => {
        const { make, rules, stranger, log } = await opened(t, backend, version);
        const driver = make();
        await driver.init();
        await driver.apply(access('deny-list', [a], [b, c]));
        const right = await rules();
        await stranger(...lines);

        await driver.apply(access('deny-list', [a], [b, c]));

        const ours = (await rules()).filter((line) => line !== '-A INPUT -p udp -j ACCEPT');
        assert.deepEqual(ours, right);
        assert.equal((await rules()).indexOf(`-A INPUT ${jump}`), 1);
        assert.match(log.at('warning').join(), /somebody else has changed ironic-inspector/);
      });
    }

    it('refuses a chain of somebody else, and leaves it alone', async (t) => {
      const { make, rules, stranger } = await opened(t, backend, version);
      await stranger(
        '-N ironic-inspector',
        '-A ironic-inspector -p tcp -j DROP',
        '-A INPUT -j ironic-inspector',
      );
      const before = await rules();
      const driver = make();

      await assert.rejects(driver.init(), {
        kind: 'invalid',
        message:
          /belongs to somebody else: .* got -A ironic-inspector -p tcp -j DROP and -A INPUT -j ironic-inspector\. /,
      });
      await driver.tearDown();

      assert.deepEqual(await rules(), before);
    });

    it('changes nothing when one rule of many cannot be', async (t) => {
      const { make, rules, commands } = await opened(t, backend, version);
      const driver = make();
      await driver.init();
      await driver.apply(access('deny-list', [], [a]));
      const before = await rules();
      commands.length = 0;

      const wrong = access('deny-list', [], [a, `${b} -j ACCEPT`]);
      await assert.rejects(driver.apply(wrong), { kind: 'unavailable' });

      assert.deepEqual(commands, []);
      assert.deepEqual(await rules(), before);
    });
  });
}

const isRoot = process.getuid?.() === 0;
const program = fileURLToPath(new URL('./iptables-in-a-namespace.ts', import.meta.url));
const etc = fileURLToPath(new URL('../../etc', import.meta.url));
const rootwrap = fileURLToPath(new URL('../../bin/ironic-inspector-rootwrap.js', import.meta.url));
const asService = ['setpriv', '--reuid=ironic-inspector', '--regid=ironic-inspector', '--init-groups'];

describe('the privileges of the iptables driver', {
  skip: skip || (!isRoot && 'needs root to be others'),
}, () => {
  const jump = '-A INPUT -i br-ctlplane -p udp -m udp --dport 67 -j ironic-inspector';
  const life = {
    init: [jump, '-A ironic-inspector -j REJECT --reject-with icmp-port-unreachable'],
    whole: [jump, `-A ironic-inspector -m mac --mac-source ${a} -j DROP`, '-A ironic-inspector -j ACCEPT'],
    change: [jump, '-A ironic-inspector -j ACCEPT'],
    tearDown: [],
  };
  const withService = skipWithout(['ironic-inspector', 'sudo']);

  /** The driver's life as a user, after what a shell does before as root of a namespace of mounts. */
  async function lived(t: TestContext, user: readonly string[], before = ':', more: readonly string[] = []) {
    const namespace = await openNamespace();
    t.after(() => namespace.close());
    const script = `${before} && exec "$@"`;
    const { stdout, stderr } = namespace.attempt(
      'unshare',
      '--mount',
      'sh',
      '-euc',
      script,
      'sh',
      ...user,
      process.execPath,
      '--no-warnings',
      program,
      ...more,
    );
    assert.notEqual(stdout, '', stderr);
    return JSON.parse(stdout);
  }

  const netAdmin = (capabilities: string) => [
    ...asService,
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
    `--bounding-set=-all,${capabilities}`,
    '--no-new-privs',
  ];

  it('are those of root', async (t) => {
    assert.deepEqual(await lived(t, ['env']), { user: 'root', ...life });
  });

  it('are CAP_NET_ADMIN alone, as the drop-in net-admin.conf has it', { skip: withService }, async (t) => {
    assert.deepEqual(await lived(t, netAdmin('+net_admin')), { user: 'ironic-inspector', ...life });
  });

  it('are CAP_NET_RAW and the lock as well for the legacy kind', { skip: withService }, async (t) => {
    const { path } = temporaryFolder();
    chmodSync(path, 0o755);
    for (const part of ['-save', '-restore']) {
      symlinkSync('/usr/sbin/xtables-legacy-multi', join(path, `iptables${part}`));
    }
    const lock = `mount -t tmpfs -o mode=755 none /run && install -m 640 -g ironic-inspector /dev/null /run/xtables.lock`;

    const more = ['--path', path];
    const ended = await lived(t, netAdmin('+net_admin,+net_raw'), lock, more);
    const withoutRaw = await lived(t, netAdmin('+net_admin'), lock, more);
    const withoutLock = await lived(
      t,
      netAdmin('+net_admin,+net_raw'),
      'mount -t tmpfs -o mode=755 none /run',
      more,
    );

    assert.deepEqual(ended, { user: 'ironic-inspector', ...life });
    assert.match(withoutRaw.error, /iptables-save -t filter ended with 1: .*It takes root or CAP_NET_ADMIN/);
    assert.match(withoutLock.error, /iptables-restore .* lock file .*It takes root or CAP_NET_ADMIN/);
  });

  describe('through sudo and rootwrap', { skip: withService }, () => {
    /** Lays the files of the package over those of the system, for the namespace only. */
    function installed({ sudoers = `${etc}/ironic-inspector.sudoers` } = {}): string {
      const { path } = temporaryFolder();
      mkdirSync(join(path, 'rootwrap.d'));
      chmodSync(path, 0o755);
      copyFileSync(sudoers, join(path, 'sudoers'));
      copyFileSync(`${etc}/rootwrap.conf`, join(path, 'rootwrap.conf'));
      const filters = 'rootwrap.d/ironic-inspector.filters';
      copyFileSync(`${etc}/${filters}`, join(path, filters));
      writeFileSync(join(path, 'rootwrap'), `#!/bin/sh\nexec ${process.execPath} ${rootwrap} "$@"\n`);
      for (const file of ['sudoers', 'rootwrap.conf', filters]) chmodSync(join(path, file), 0o644);
      for (const folder of ['rootwrap', 'rootwrap.d']) chmodSync(join(path, folder), 0o755);
      return [
        `mount --bind ${path}/sudoers /etc/sudoers`,
        `mount --bind ${path}/rootwrap.conf /etc/ironic-inspector/rootwrap.conf`,
        `mount --bind ${path}/rootwrap.d /etc/ironic-inspector/rootwrap.d`,
        `mount --bind ${path}/rootwrap /usr/bin/ironic-inspector-rootwrap`,
      ].join(' && ');
    }

    it('work with the files of the package', async (t) => {
      assert.deepEqual(await lived(t, asService, installed()), { user: 'ironic-inspector', ...life });
    });

    it('are missed with advice where sudo does not know the service', async (t) => {
      const ended = await lived(t, asService, installed({ sudoers: '/dev/null' }));

      assert.match(
        ended.error,
        /iptables-save -t filter ended with 1: sudo: .*ironic-inspector\.sudoers .* NOPASSWD: \/usr\/bin\/ironic-inspector-rootwrap \/etc\/ironic-inspector\/rootwrap\.conf iptables-save -t filter$/,
      );
    });

    it('are missed with advice where the unit forbids sudo', async (t) => {
      const ended = await lived(t, [...asService, '--no-new-privs'], installed());

      assert.match(ended.error, /no new privileges.*install the drop-in rootwrap\.conf or net-admin\.conf/);
    });
  });
});
