/**
 * The UUID in its canonical spelling, or `undefined` when the text is none. Spellings with capitals, without
 * dashes, in braces or as `urn:uuid:` are UUIDs too, as in Ironic; unlike there, they find the node.
 */
export function canonicalUuid(text: string): string | undefined {
  if (text.length > 60) return undefined;
  const digits = text
    .toLowerCase()
    .replace(/^\{?(?:urn:)?(?:uuid:)?\{?/, '')
    .replace(/\}$/, '')
    .replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
