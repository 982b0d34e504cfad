/** Six colon-separated pairs of hexadecimal digits, in either case. */
export function isMacAddress(text: string): boolean {
  return /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(text);
}
