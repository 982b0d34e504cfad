const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes as people read them: `24 GiB`, `447.1 GiB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${rounded(bytes / 2 ** (10 * power))} ${units[power]}`;
}

/** `1 disk`, `2 disks`. */
export function countText(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** At most one digit behind the point. */
function rounded(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
