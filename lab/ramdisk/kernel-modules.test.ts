import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { modulesInOrder } from './kernel-modules.ts';

/** Modules by file name, with what each depends on. */
function kernelWith(modules: Readonly<Record<string, string>>): string {
  const { path } = temporaryFolder();
  mkdirSync(join(path, 'kernel/net'), { recursive: true });
  writeFileSync(join(path, 'modules.builtin'), 'kernel/core/built-in.ko\n');
  for (const [name, depends] of Object.entries(modules)) {
    writeFileSync(join(path, 'kernel/net', `${name}.ko`), `ELF\0license=GPL\0depends=${depends}\0name=x\0`);
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

    const modules = modulesInOrder(folder, ['card', 'other']);

    assert.deepEqual(
      modules.map(({ name }) => name),
      ['queue_core', 'queue', 'card', 'other'],
    );
  });

  it('leaves out what is built in', () => {
    assert.deepEqual(modulesInOrder(kernelWith({}), ['built_in']), []);
  });

  it('takes a module that tells of no dependencies as it is', () => {
    const folder = kernelWith({});
    writeFileSync(join(folder, 'kernel/net/plain.ko'), 'ELF');

    assert.deepEqual(
      modulesInOrder(folder, ['plain']).map(({ content }) => content.toString()),
      ['ELF'],
    );
  });

  it('refuses a module that the kernel has not got', () => {
    assert.throws(() => modulesInOrder(kernelWith({}), ['macvtap']), {
      kind: 'unavailable',
      message: /^Expected the module macvtap in .*, which has none\./,
    });
  });
});
