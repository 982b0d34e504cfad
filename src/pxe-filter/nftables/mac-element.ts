import { requireFilterMac } from '../filter-mac.ts';

/**
 * A MAC address as the number that the sets hold: raw octets of a packet are numbers to nft.
 *
 * @throws InspectorError `unavailable` for anything but six octets in lower case.
 */
export function macNumber(mac: string): number {
  requireFilterMac(mac);
  return Number.parseInt(mac.replaceAll(':', ''), 16);
}

/** Elements of a set in braces, as nft reads them; they are shown so by `nft list` too. */
export function elementList(numbers: Iterable<number>): string {
  return `{ ${Array.from(numbers, (number) => `0x${number.toString(16).padStart(12, '0')}`).join(', ')} }`;
}

/** The number of an element that `nft -j` lists; nothing for what the driver never puts in, such as one that expires. */
export function listedNumber(element: unknown): number | undefined {
  const number = typeof element === 'string' && element.startsWith('0x') ? Number(element) : element;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
