import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import type { RunProgram } from './kernel-package.ts';
import { moduleContent, moduleFile } from './module-content.ts';

/** A module of the kernel, not compressed. */
export interface KernelModule {
  /** `virtio_net`. */
  readonly name: string;
  readonly content: Buffer;
}

/** Names of modules. */
export interface ModuleWishes {
  readonly needed: readonly string[];
  /** Loaded where the kernel has them. */
  readonly welcome?: readonly string[];
}

/**
 * Finds modules and all that they depend on, in the order in which they must be loaded. What is built into the kernel is
 * left out.
 *
 * @param folder `lib/modules/VERSION` of a kernel package
 * @throws InspectorError `unavailable` when the kernel has not got a needed one
 */
export function modulesInOrder(
  folder: string,
  { needed, welcome = [] }: ModuleWishes,
  run: RunProgram,
): KernelModule[] {
  const paths = modulePaths(folder);
  const builtIn = new Set(
    readFileSync(join(folder, 'modules.builtin'), 'utf8')
      .split('\n')
      .map((path) => nameOf(path)),
  );
  const ordered = new Map<string, KernelModule>();
  const add = (name: string) => {
    if (ordered.has(name) || builtIn.has(name)) return;
    const path = paths.get(name);
    if (path === undefined) {
      throw new InspectorError(
        'unavailable',
        `Expected the module ${name} in ${folder}, which has none. Take another kernel package.`,
      );
    }
    const content = moduleContent(path, run);
    for (const dependency of dependenciesOf(content)) add(dependency);
    ordered.set(name, { name, content });
  };
  for (const name of needed) add(name);
  for (const name of welcome) if (paths.has(name)) add(name);
  return [...ordered.values()];
}

function modulePaths(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files.filter((path) => moduleFile.test(path)).map((path) => [nameOf(path), join(folder, path)]),
  );
}

/** The kernel takes `-` and `_` in the names of modules for the same. */
function nameOf(path: string): string {
  return basename(path).replace(moduleFile, '$1').replaceAll('-', '_');
}

/** Out of the section .modinfo: texts such as `depends=virtio,virtio_ring`, with a NUL after each. */
function dependenciesOf(content: Buffer): string[] {
  const label = '\0depends=';
  const start = content.indexOf(label, 0, 'latin1');
  if (start < 0) return [];
  const from = start + label.length;
  const names = content.toString('latin1', from, content.indexOf(0, from)).split(',');
  return names.filter((name) => name !== '').map(nameOf);
}
