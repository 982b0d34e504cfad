/** C0 but the tab, DEL, C1, the line separators that some viewers break at, and marks that turn text around. */
const control = /[[\p{Cc}--\t]\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gv;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/**
 * Text that cannot end a line or steer a terminal: a newline becomes `\n`, another control character `\x1b` or
 * `\u2028`. For what comes from a payload, a request or a file and goes into one line of a log.
 */
export function escapeControl(text: string): string {
  return text.replace(control, (character) => {
    const code = character.charCodeAt(0);
    return short.get(character) ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
