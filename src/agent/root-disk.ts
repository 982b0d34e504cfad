import type { Disk } from './introspection-document.ts';

const atLeast = 4 * 1024 ** 3;

/** The disk that a deployment without root device hints takes: the smallest of at least 4 GiB, then the first by name. */
export function defaultRootDisk(disks: readonly Disk[]): Disk | undefined {
  return disks
    .filter(({ size }) => size >= atLeast)
    .toSorted((one, other) => one.size - other.size || (one.name < other.name ? -1 : 1))[0];
}
