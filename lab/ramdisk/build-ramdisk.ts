import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { InspectorError } from '../../src/errors/inspector-error.ts';
import { cpioArchive, type RamdiskEntry } from './cpio-archive.ts';
import { modulesInOrder } from './kernel-modules.ts';
import { type RunProgram, unpackedKernel } from './kernel-package.ts';

/** What the ramdisk is made of, and where it goes. */
export interface RamdiskOptions {
  /** Folder that keeps the kernel's package from one time to the next. */
  readonly cache: string;
  /** Folder for the two files; made if missing. */
  readonly folder: string;
  readonly run: RunProgram;
  /** The program of the package busybox-static. */
  readonly busybox?: string;
}

/** The two files that a machine boots. */
export interface Ramdisk {
  readonly kernel: string;
  readonly initrd: string;
  /** Size of both together. */
  readonly bytes: number;
}

/** Packet sockets, IPv6 and the firmware's tables are built into every kernel, some of these into one or another. */
const wishes = { needed: ['virtio_pci', 'virtio_net', 'virtio_blk', 'macvtap'], welcome: ['nvme'] };
const folders = ['agent', 'bin', 'dev', 'etc', 'modules', 'proc', 'sys', 'tmp', 'var', 'var/log'];

/** Kernel and initrd together; more takes emulated machines too long to fetch and unpack. */
const sizeLimit = 20 * 1024 * 1024;

/**
 * Builds the small ramdisk that virtual machines boot to be looked at: the kernel that Debian or Ubuntu has for virtual
 * machines, BusyBox and the agent, which is a shell script. The same packages make the same bytes.
 *
 * @throws InspectorError `unavailable` when a package is missing, with what to install; `too-large` past 20 MiB
 */
export function buildRamdisk(options: RamdiskOptions): Ramdisk {
  const { folder, busybox = '/bin/busybox' } = options;
  if (!existsSync(busybox) || !isStatic(readFileSync(busybox))) {
    throw new InspectorError(
      'unavailable',
      `Expected a static BusyBox in ${busybox}, got none. Install it: apt-get install busybox-static`,
    );
  }
  const { image, modules } = unpackedKernel(options.cache, options.run);
  const entries = ramdiskEntries(busybox, modules, options.run);
  mkdirSync(folder, { recursive: true });
  const [kernel, initrd] = [join(folder, 'vmlinuz'), join(folder, 'initrd')];
  // Not its mode as well: Ubuntu's is root's alone, and TFTP serves what everybody may read.
  writeFileSync(kernel, readFileSync(image), { mode: 0o644 });
  writeFileSync(initrd, gzipSync(cpioArchive(entries), { level: 9 }));
  const bytes = statSync(kernel).size + statSync(initrd).size;
  if (bytes > sizeLimit) {
    throw new InspectorError(
      'too-large',
      `Expected kernel and initrd of at most ${sizeLimit} bytes together, got ${bytes}. Leave modules out.`,
    );
  }
  return { kernel, initrd, bytes };
}

/** A program that needs the dynamic loader names it. */
function isStatic(program: Buffer): boolean {
  return !program.includes('/ld-linux-x86-64.so');
}

function ramdiskEntries(busybox: string, modules: string, run: RunProgram): RamdiskEntry[] {
  const loaded = modulesInOrder(modules, wishes, run);
  const order = loaded.map(({ name }) => `${name}.ko\n`).join('');
  const applets = run([busybox, '--list'], '/').split('\n');
  return [
    ...folders.map((path): RamdiskEntry => ({ path, kind: 'folder' })),
    // Before the first process has mounted anything, the kernel opens it for messages.
    { path: 'dev/console', kind: 'character-device', major: 5, minor: 1 },
    { path: 'bin/busybox', kind: 'file', content: readFileSync(busybox), executable: true },
    ...applets
      .filter((name) => name !== '' && name !== 'busybox')
      .toSorted()
      .map((name): RamdiskEntry => ({ path: `bin/${name}`, kind: 'link', target: 'busybox' })),
    ...scripts(),
    ...loaded.map(
      ({ name, content }): RamdiskEntry => ({ path: `modules/${name}.ko`, kind: 'file', content }),
    ),
    { path: 'modules/order', kind: 'file', content: Buffer.from(order) },
  ];
}

/** Folder of the agent's scripts, for those who run one of them elsewhere. */
export const scriptFolder = fileURLToPath(new URL('./root/', import.meta.url));

function scripts(): RamdiskEntry[] {
  return readdirSync(scriptFolder)
    .toSorted()
    .map((name) => ({
      path: name === 'init' ? name : `agent/${name}`,
      kind: 'file',
      content: readFileSync(join(scriptFolder, name)),
      executable: true,
    }));
}
