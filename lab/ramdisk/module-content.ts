import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';
import type { RunProgram } from './kernel-package.ts';

/** The name of a file with a module in it: Debian compresses by xz from Debian 13 on, Ubuntu by zstd from 24.04 on. */
export const moduleFile = /^(.+)\.ko(?:\.xz|\.zst)?$/;

/**
 * A kernel module as the kernel takes it, whichever way its file is compressed.
 *
 * @throws InspectorError `unavailable` when there is no program for that
 */
export function moduleContent(path: string, run: RunProgram): Buffer {
  if (path.endsWith('.zst')) return zstdDecompressSync(readFileSync(path));
  return path.endsWith('.xz') ? byXz(path, run) : readFileSync(path);
}

/** Elsewhere, as others may read the folder of the module at the same time. */
function byXz(path: string, run: RunProgram): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-module-'));
  try {
    copyFileSync(path, join(folder, 'module.xz'));
    run(['xz', '--decompress', 'module.xz'], folder);
    return readFileSync(join(folder, 'module'));
  } catch (error) {
    throw new InspectorError(
      'unavailable',
      `The kernel module ${path} cannot be unpacked: ${messageOf(error)}. Install xz: apt-get install xz-utils`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
