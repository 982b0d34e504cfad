import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { modulesInOrder } from './kernel-modules.ts';

/** No module of it is compressed by a program. */
const runNothing = () => assert.fail('a program was run');

const moduleWith = (depends: string) => `ELF\0license=GPL\0depends=${depends}\0name=x\0`;

/** Modules by file name, with what each depends on. */
function kernelWith(modules: Readonly<Record<string, string>>): string {
  const { path } = temporaryFolder();
  mkdirSync(join(path, 'kernel/net'), { recursive: true });
  writeFileSync(join(path, 'modules.builtin'), 'kernel/core/built-in.ko\n');
  for (const [name, depends] of Object.entries(modules)) {
    writeFileSync(join(path, 'kernel/net', `${name}.ko`), moduleWith(depends));
  }
  return path;
}

describe('modulesInOrder', () => {
  it('puts what a module depends on before it, once', () => {
    const folder = kernelWith({
      card: 'queue,built_in',
      'queue-core': '',
      queue: 'queue_core',
      other: 'queue',
    });

    const modules = modulesInOrder(folder, { needed: ['card', 'other'] }, runNothing);

    assert.deepEqual(
      modules.map(({ name }) => name),
      ['queue_core', 'queue', 'card', 'other'],
    );
  });

  it('leaves out what is built in', () => {
    assert.deepEqual(modulesInOrder(kernelWith({}), { needed: ['built_in'] }, runNothing), []);
  });

  it('takes a module that tells of no dependencies as it is', () => {
    const folder = kernelWith({});
    writeFileSync(join(folder, 'kernel/net/plain.ko'), 'ELF');

    assert.deepEqual(
      modulesInOrder(folder, { needed: ['plain'] }, runNothing).map(({ content }) => content.toString()),
      ['ELF'],
    );
  });

  it('refuses a module that the kernel has not got', () => {
    assert.throws(() => modulesInOrder(kernelWith({}), { needed: ['macvtap'] }, runNothing), {
      kind: 'unavailable',
      message: /^Expected the module macvtap in .*, which has none\./,
    });
  });

  it('goes without a welcome one that the kernel has not got', () => {
    const folder = kernelWith({ card: '' });

    const modules = modulesInOrder(folder, { needed: ['card'], welcome: ['nvme'] }, runNothing);

    assert.deepEqual(
      modules.map(({ name }) => name),
      ['card'],
    );
  });

  it('reads modules that are compressed by zstd, as those of Ubuntu are', () => {
    const folder = kernelWith({ 'queue-core': '' });
    writeFileSync(join(folder, 'kernel/net/card.ko.zst'), zstdCompressSync(moduleWith('queue_core')));

    assert.deepEqual(
      modulesInOrder(folder, { needed: ['card'] }, runNothing).map(({ name, content }) => [
        name,
        content.toString(),
      ]),
      [
        ['queue_core', moduleWith('')],
        ['card', moduleWith('queue_core')],
      ],
    );
  });

  it('reads modules that are compressed by xz, as those of Debian 13 are, and leaves their folder as it is', () => {
    const folder = kernelWith({});
    writeFileSync(join(folder, 'kernel/net/card.ko.xz'), 'compressed');
    const before = readdirSync(folder, { recursive: true });
    const run = (words: readonly string[], where: string) => {
      assert.deepEqual(words, ['xz', '--decompress', 'module.xz']);
      assert.equal(readFileSync(join(where, 'module.xz'), 'utf8'), 'compressed');
      writeFileSync(join(where, 'module'), moduleWith(''));
      return '';
    };

    const [module] = modulesInOrder(folder, { needed: ['card'] }, run);

    assert.equal(module?.content.toString(), moduleWith(''));
    assert.deepEqual(readdirSync(folder, { recursive: true }), before);
  });

  it('says what to install without xz', () => {
    const folder = kernelWith({});
    writeFileSync(join(folder, 'kernel/net/card.ko.xz'), 'compressed');
    const run = () => {
      throw new Error('spawnSync xz ENOENT');
    };

    assert.throws(() => modulesInOrder(folder, { needed: ['card'] }, run), {
      kind: 'unavailable',
      message: /card\.ko\.xz cannot be unpacked: spawnSync xz ENOENT\. Install xz: apt-get install xz-utils/,
    });
  });
});
