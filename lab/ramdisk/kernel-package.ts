import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';

/** Runs a program to its end. @returns what it wrote to standard output @throws Error with what it complained of */
export type RunProgram = (words: readonly string[], folder: string) => string;

/** Debian's kernel, unpacked and not installed. */
export interface UnpackedKernel {
  /** Path of the kernel image. */
  readonly image: string;
  /** `lib/modules/VERSION`. */
  readonly modules: string;
}

/** The package that depends on the newest kernel with drivers for virtual machines only. */
const newest = 'linux-image-cloud-amd64';
const isKernelPackage = /^linux-image-(\d[\w.-]*-cloud-amd64)_.*\.deb$/;

/**
 * The kernel in the cache. The first time, its package is downloaded by apt-get and unpacked by dpkg-deb; nothing is
 * installed, and later the network is not needed.
 *
 * @throws InspectorError `unavailable` when the package cannot be had
 */
export function unpackedKernel(cache: string, run: RunProgram): UnpackedKernel {
  mkdirSync(cache, { recursive: true });
  const file = packageIn(cache) ?? download(cache, run);
  const version = isKernelPackage.exec(file)?.[1] ?? '';
  const folder = join(cache, file.slice(0, -'.deb'.length));
  if (!existsSync(folder)) unpack(join(cache, file), folder, run);
  return {
    image: join(folder, 'boot', `vmlinuz-${version}`),
    modules: join(folder, 'lib', 'modules', version),
  };
}

/** The last one by name; a folder of partial downloads or another's file is none. */
function packageIn(cache: string): string | undefined {
  return readdirSync(cache)
    .filter((name) => isKernelPackage.test(name))
    .toSorted()
    .at(-1);
}

function download(cache: string, run: RunProgram): string {
  try {
    const depends = run(['apt-cache', 'depends', '--important', newest], cache);
    const name = /^ *Depends: (linux-image-\d[\w.-]*-cloud-amd64)$/m.exec(depends)?.[1];
    if (name === undefined) throw new Error(`apt knows no kernel that ${newest} depends on`);
    // As root, apt would download as a user who may not write here.
    run(['apt-get', '-o', 'APT::Sandbox::User=root', 'download', name], cache);
  } catch (error) {
    throw new InspectorError(
      'unavailable',
      `The kernel of the ramdisk cannot be downloaded: ${messageOf(error)}. It takes Debian for amd64 and the network; ` +
        'try "apt-get update".',
      { cause: error },
    );
  }
  const file = packageIn(cache);
  if (file !== undefined) return file;
  throw new InspectorError(
    'unavailable',
    `Expected a kernel package in ${cache} after apt-get download, got none.`,
  );
}

/** Beside it first, so that what was interrupted is not taken for the whole. */
function unpack(file: string, folder: string, run: RunProgram): void {
  const partial = `${folder}.partial-${process.pid}`;
  run(['dpkg-deb', '--extract', file, partial], '/');
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}
