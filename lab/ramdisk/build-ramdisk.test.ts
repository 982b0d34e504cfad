import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { buildRamdisk } from './build-ramdisk.ts';

const version = '6.1.0-7-cloud-amd64';
const packageFile = `linux-image-${version}_6.1.9-1_amd64.deb`;

/** Debian's programs, with a package whose kernel has this size. */
function fakeDebian(kernelSize = 10) {
  const { path: folder } = temporaryFolder();
  const commands: string[] = [];
  const run = (words: readonly string[], cwd: string) => {
    const command = words.join(' ');
    commands.push(command);
    if (command.startsWith('apt-cache'))
      return `linux-image-cloud-amd64\n  Depends: linux-image-${version}\n`;
    if (command.startsWith('apt-get')) writeFileSync(join(cwd, packageFile), '');
    if (command.startsWith('dpkg-deb')) unpack(words.at(-1) ?? '', kernelSize);
    return command.endsWith('--list') ? 'sh\nbusybox\nawk\n' : '';
  };
  const busybox = join(folder, 'busybox');
  writeFileSync(busybox, 'a program');
  const options = { cache: join(folder, 'cache'), folder: join(folder, 'out'), run, busybox };
  return { options, commands, busybox };
}

function unpack(folder: string, kernelSize: number): void {
  const modules = join(folder, 'lib/modules', version);
  mkdirSync(modules, { recursive: true });
  mkdirSync(join(folder, 'boot'));
  writeFileSync(join(folder, 'boot', `vmlinuz-${version}`), Buffer.alloc(kernelSize));
  writeFileSync(join(modules, 'modules.builtin'), '');
  for (const name of ['virtio_pci', 'virtio_net', 'virtio_blk', 'macvtap']) {
    writeFileSync(join(modules, `${name}.ko`), '\0depends=\0');
  }
}

describe('buildRamdisk', () => {
  it('puts BusyBox, the agent and the modules in their order into the initrd', () => {
    const { options } = fakeDebian();

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
    const { options, commands } = fakeDebian();
    const first = readFileSync(buildRamdisk(options).initrd);

    const second = readFileSync(buildRamdisk(options).initrd);

    assert.deepEqual(second, first);
    assert.deepEqual(
      commands.map((command) => command.split(' ')[0]).filter((program) => program !== options.busybox),
      ['apt-cache', 'apt-get', 'dpkg-deb'],
    );
  });

  it('says what to install without a static BusyBox', () => {
    const { options, busybox } = fakeDebian();
    writeFileSync(busybox, 'needs /lib64/ld-linux-x86-64.so.2');

    const refusal = { kind: 'unavailable', message: /Install it: apt-get install busybox-static/ };
    assert.throws(() => buildRamdisk(options), refusal);
    assert.throws(() => buildRamdisk({ ...options, busybox: `${busybox}-gone` }), refusal);
  });

  it('says so when apt knows no kernel, or has downloaded none', () => {
    const { options } = fakeDebian();

    assert.throws(() => buildRamdisk({ ...options, run: () => '' }), {
      kind: 'unavailable',
      message: /apt knows no kernel that linux-image-cloud-amd64 depends on.*apt-get update/,
    });
    const run = (words: readonly string[], folder: string) =>
      words[0] === 'apt-get' ? '' : options.run(words, folder);
    assert.throws(() => buildRamdisk({ ...options, run }), {
      kind: 'unavailable',
      message: /after apt-get download, got none/,
    });
  });

  it('refuses more than 20 MiB', () => {
    const { options } = fakeDebian(20 * 1024 * 1024);

    assert.throws(() => buildRamdisk(options), {
      kind: 'too-large',
      message: /at most 20971520 bytes together/,
    });
  });
});
