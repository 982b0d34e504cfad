/** Every spelling of a UUID is shorter; a longer text is not worth the work. */
const longestSpelling = 100;

/**
 * The usual spelling of a UUID that may come without dashes, in upper case, in braces or as `urn:uuid:`;
 * `undefined` when it is none. The original and Ironic take these for UUIDs too, and then find nothing
 * (docs/compatibility.md, uuid-spelling and registry-uuid-spelling).
 */
export function canonicalUuid(text: string): string | undefined {
  if (text.length > longestSpelling) return undefined;
  const stripped = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+/, '')
    .replace(/[{}]+$/, '');
  const digits = stripped.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
