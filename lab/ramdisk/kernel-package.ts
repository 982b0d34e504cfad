import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InspectorError, messageOf } from '../../src/errors/inspector-error.ts';

/** Runs a program to its end. @returns what it wrote to standard output @throws Error with what it complained of */
export type RunProgram = (words: readonly string[], folder: string) => string;

/** A kernel of Debian or Ubuntu, unpacked and not installed. */
export interface UnpackedKernel {
  /** Path of the kernel image. */
  readonly image: string;
  /** `lib/modules/VERSION`. */
  readonly modules: string;
}

/** The packages that depend on the newest kernel for virtual machines: Debian's, and Ubuntu's, of the flavour "generic". */
const newest = ['linux-image-cloud-amd64', 'linux-image-virtual'] as const;
/** Debian's versions have a plus from Debian 13 on: `6.12.117+deb13-cloud-amd64`. */
const isImagePackage = /^linux-image-(\d[\w.+-]*-(?:cloud-amd64|generic))_.*\.deb$/;

/**
 * The kernel in the cache. The first time, its packages are downloaded by apt-get and unpacked by dpkg-deb; nothing is
 * installed, and later the network is not needed.
 *
 * @throws InspectorError `unavailable` when the packages cannot be had
 */
export function unpackedKernel(cache: string, run: RunProgram): UnpackedKernel {
  mkdirSync(cache, { recursive: true });
  const file = imagePackageIn(cache) ?? download(cache, run);
  const version = isImagePackage.exec(file)?.[1] ?? '';
  const folder = join(cache, file.slice(0, -'.deb'.length));
  if (!existsSync(folder)) {
    const modules = readdirSync(cache).filter((name) => name.startsWith(`${modulesPackage(version)}_`));
    unpack(
      [file, ...modules].map((name) => join(cache, name)),
      folder,
      run,
    );
  }
  // Debian's packages use /usr/lib from Debian 13 on.
  const lib = existsSync(join(folder, 'usr/lib/modules')) ? 'usr/lib' : 'lib';
  return {
    image: join(folder, 'boot', `vmlinuz-${version}`),
    modules: join(folder, lib, 'modules', version),
  };
}

/** What Ubuntu's image depends on; Debian's image has the modules in it. */
function modulesPackage(version: string): string {
  return `linux-modules-${version}`;
}

/** The last one by name, numbers by their value; a folder of partial downloads or another's file is none. */
function imagePackageIn(cache: string): string | undefined {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return readdirSync(cache)
    .filter((name) => isImagePackage.test(name))
    .toSorted(compare)
    .at(-1);
}

function download(cache: string, run: RunProgram): string {
  try {
    try {
      downloadNewest(cache, run);
    } catch {
      // apt's lists are missing, or name a kernel that there is a newer one for.
      run(['apt-get', '-qq', 'update'], cache);
      downloadNewest(cache, run);
    }
  } catch (error) {
    throw new InspectorError(
      'unavailable',
      `The kernel of the ramdisk cannot be downloaded: ${messageOf(error)}. It takes Debian or Ubuntu for amd64 and the ` +
        'network; try "apt-get update" as root.',
      { cause: error },
    );
  }
  const file = imagePackageIn(cache);
  if (file !== undefined) return file;
  throw new InspectorError(
    'unavailable',
    `Expected a kernel package in ${cache} after apt-get download, got none.`,
  );
}

/** The image comes last: where it is, the modules are. */
function downloadNewest(cache: string, run: RunProgram): void {
  const image = newestImage(cache, run);
  const modules = dependenciesOf(image, cache, run).find(
    (name) => name === image.replace('image', 'modules'),
  );
  for (const name of modules === undefined ? [image] : [modules, image]) {
    // As root, apt would download as a user who may not write here.
    run(['apt-get', '-o', 'APT::Sandbox::User=root', 'download', name], cache);
  }
}

function newestImage(cache: string, run: RunProgram): string {
  for (const name of newest) {
    const image = dependenciesOf(name, cache, run).find((one) => isImagePackage.test(`${one}_.deb`));
    if (image !== undefined) return image;
  }
  throw new Error(`apt knows no kernel that ${newest.join(' or ')} depends on`);
}

/** None where apt does not know the package. */
function dependenciesOf(name: string, cache: string, run: RunProgram): string[] {
  try {
    const told = run(['apt-cache', 'depends', '--important', name], cache);
    return [...told.matchAll(/^[ |]*Depends: (\S+)$/gm)].map(([, dependency]) => dependency ?? '');
  } catch {
    return [];
  }
}

/** Beside it first, so that what was interrupted is not taken for the whole. */
function unpack(files: readonly string[], folder: string, run: RunProgram): void {
  const partial = `${folder}.partial-${process.pid}`;
  for (const file of files) run(['dpkg-deb', '--extract', file, partial], '/');
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}
