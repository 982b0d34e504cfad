import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync, zstdCompressSync } from 'node:zlib';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { buildRamdisk } from './build-ramdisk.ts';

/** What a distribution's archive has. */
interface Archive {
  /** The package that depends on the newest kernel. */
  readonly newest: string;
  readonly version: string;
  /** Whether the modules are in a package of their own. */
  readonly isSplit: boolean;
  readonly lib: string;
  readonly compressed: string;
}

const debian: Archive = {
  newest: 'linux-image-cloud-amd64',
  version: '6.1.0-7-cloud-amd64',
  isSplit: false,
  lib: 'lib',
  compressed: '',
};
const debian13 = { ...debian, version: '6.12.117+deb13-cloud-amd64', lib: 'usr/lib' };
const ubuntu: Archive = {
  newest: 'linux-image-virtual',
  version: '6.8.0-139-generic',
  isSplit: true,
  lib: 'lib',
  compressed: '.zst',
};

const packageOf = (name: string) => `${name}_6.1.9-1_amd64.deb`;

/** The programs of a distribution, with a kernel of this size. */
function fakeDistribution(archive: Archive = debian, kernelSize = 10) {
  const { newest, version, isSplit } = archive;
  const { path: folder } = temporaryFolder();
  const commands: string[] = [];
  const [image, modules] = [`linux-image-${version}`, `linux-modules-${version}`];
  const depends: Readonly<Record<string, string>> = {
    [newest]: `  Depends: ${image}\n`,
    [image]: `  PreDepends: linux-base\n  Depends: kmod\n |Depends: a\n${isSplit ? `  Depends: ${modules}\n` : ''}`,
  };
  const run = (words: readonly string[], cwd: string) => {
    const command = words.join(' ');
    commands.push(command);
    const last = words.at(-1) ?? '';
    if (words[0] === 'apt-cache') {
      if (depends[last] === undefined) throw new Error(`E: No packages found`);
      return `${last}\n${depends[last]}`;
    }
    if (words.includes('download')) writeFileSync(join(cwd, packageOf(last)), '');
    if (words[0] === 'dpkg-deb') unpack(words[2] ?? '', last, archive, kernelSize);
    return command.endsWith('--list') ? 'sh\nbusybox\nawk\n' : '';
  };
  const busybox = join(folder, 'busybox');
  writeFileSync(busybox, 'a program');
  const options = { cache: join(folder, 'cache'), folder: join(folder, 'out'), run, busybox };
  const programs = () => commands.map((command) => command.split(' ')[0]).filter((name) => name !== busybox);
  return { options, commands, programs, busybox };
}

function unpack(file: string, folder: string, archive: Archive, kernelSize: number): void {
  const { version, isSplit, lib, compressed } = archive;
  if (file.includes('/linux-image-')) {
    mkdirSync(join(folder, 'boot'), { recursive: true });
    // Ubuntu's is nobody's but root's.
    writeFileSync(join(folder, 'boot', `vmlinuz-${version}`), Buffer.alloc(kernelSize), { mode: 0o600 });
  }
  if (file.includes('/linux-image-') && isSplit) return;
  const modules = join(folder, lib, 'modules', version);
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, 'modules.builtin'), '');
  const content = Buffer.from('\0depends=\0');
  for (const name of ['virtio_pci', 'virtio_net', 'virtio_blk', 'macvtap']) {
    writeFileSync(
      join(modules, `${name}.ko${compressed}`),
      compressed === '' ? content : zstdCompressSync(content),
    );
  }
}

describe('buildRamdisk', () => {
  it('puts BusyBox, the agent and the modules in their order into the initrd', () => {
    const { options } = fakeDistribution();

    const ramdisk = buildRamdisk(options);

    const archive = gunzipSync(readFileSync(ramdisk.initrd)).toString('latin1');
    assert.match(archive, /bin\/sh\0+busybox/);
    assert.match(archive, /0init\0/);
    assert.match(archive, /0agent\/collect\0/);
    assert.match(archive, /virtio_pci\.ko\nvirtio_net\.ko\nvirtio_blk\.ko\nmacvtap\.ko\n/);
    assert.equal(readFileSync(ramdisk.kernel).length, 10);
    assert.equal(ramdisk.bytes, 10 + readFileSync(ramdisk.initrd).length);
  });

  it('downloads and unpacks the kernel once, and makes the same bytes again', () => {
    const { options, programs } = fakeDistribution();
    const first = readFileSync(buildRamdisk(options).initrd);

    const second = readFileSync(buildRamdisk(options).initrd);

    assert.deepEqual(second, first);
    assert.deepEqual(programs(), ['apt-cache', 'apt-cache', 'apt-get', 'dpkg-deb']);
  });

  for (const [name, archive, downloads] of [
    ['Debian 12', debian, ['linux-image-6.1.0-7-cloud-amd64']],
    ['Debian 13', debian13, ['linux-image-6.12.117+deb13-cloud-amd64']],
    ['Ubuntu', ubuntu, ['linux-modules-6.8.0-139-generic', 'linux-image-6.8.0-139-generic']],
  ] as const) {
    it(`takes the kernel of ${name}, readable by everybody`, () => {
      const { options, commands } = fakeDistribution(archive);

      const { kernel, initrd } = buildRamdisk(options);

      const downloaded = commands.filter((command) => command.includes(' download '));
      assert.deepEqual(
        downloaded.map((command) => command.split(' ').at(-1)),
        downloads,
      );
      assert.equal(statSync(kernel).mode & 0o004, 0o004);
      const content = gunzipSync(readFileSync(initrd)).toString('latin1');
      assert.match(content, /modules\/macvtap\.ko\0.*\0depends=\0/s);
    });
  }

  it('takes the newest of several kernels in the cache', () => {
    const { options, commands } = fakeDistribution({ ...debian, version: '6.1.0-10-cloud-amd64' });
    mkdirSync(options.cache);
    for (const number of [9, 10]) {
      writeFileSync(join(options.cache, packageOf(`linux-image-6.1.0-${number}-cloud-amd64`)), '');
    }

    buildRamdisk(options);

    assert.match(commands[0] ?? '', /^dpkg-deb --extract .*6\.1\.0-10-cloud-amd64_/);
  });

  it("has apt's lists brought up to date when the kernel cannot be had by them", () => {
    const { options, commands, programs } = fakeDistribution();
    const run = (words: readonly string[], folder: string) => {
      const isOld = !commands.some((command) => command.endsWith(' update'));
      if (isOld && words.includes('download')) {
        commands.push(words.join(' '));
        throw new Error('404  Not Found');
      }
      return options.run(words, folder);
    };

    buildRamdisk({ ...options, run });

    const inVain = ['apt-cache', 'apt-cache', 'apt-get'];
    assert.deepEqual(programs(), [...inVain, 'apt-get', 'apt-cache', 'apt-cache', 'apt-get', 'dpkg-deb']);
    assert.equal(commands[3], 'apt-get -qq update');
  });

  it('says what to install without a static BusyBox', () => {
    const { options, busybox } = fakeDistribution();
    writeFileSync(busybox, 'needs /lib64/ld-linux-x86-64.so.2');

    const refusal = { kind: 'unavailable', message: /Install it: apt-get install busybox-static/ };
    assert.throws(() => buildRamdisk(options), refusal);
    assert.throws(() => buildRamdisk({ ...options, busybox: `${busybox}-gone` }), refusal);
  });

  it('says so when apt knows no kernel, or has downloaded none', () => {
    const { options } = fakeDistribution();

    assert.throws(() => buildRamdisk({ ...options, run: () => '' }), {
      kind: 'unavailable',
      message:
        /apt knows no kernel that linux-image-cloud-amd64 or linux-image-virtual depends on.*apt-get update/,
    });
    const run = (words: readonly string[], folder: string) =>
      words.includes('download') ? '' : options.run(words, folder);
    assert.throws(() => buildRamdisk({ ...options, run }), {
      kind: 'unavailable',
      message: /after apt-get download, got none/,
    });
  });

  it('refuses more than 20 MiB', () => {
    const { options } = fakeDistribution(debian, 20 * 1024 * 1024);

    assert.throws(() => buildRamdisk(options), {
      kind: 'too-large',
      message: /at most 20971520 bytes together/,
    });
  });
});
