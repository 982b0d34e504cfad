/** Bytes of UTF-8 that MySQL's TEXT takes; the same limit everywhere, so that a database can be moved. */
const longest = 65_535;

/**
 * A text that a TEXT column of the engine takes: NUL (which PostgreSQL refuses), halves of surrogate pairs and
 * what `refused` matches become U+FFFD, and it is cut to 65,535 bytes between two characters.
 */
export function storableText(text: string, refused?: RegExp): string {
  const clean = text.replaceAll('\u0000', '\ufffd').toWellFormed();
  const fitting = refused === undefined ? clean : clean.replaceAll(refused, '\ufffd');
  // A character of UTF-16 has three bytes at most.
  if (fitting.length * 3 <= longest) return fitting;
  const bytes = Buffer.from(fitting, 'utf8');
  if (bytes.length <= longest) return fitting;
  let end = longest;
  // Bytes 10xxxxxx continue a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
