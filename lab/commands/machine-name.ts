/** `node-2` for `2`; any other word is a name already. */
export function machineName(word: string): string {
  return /^\d+$/.test(word) ? `node-${word}` : word;
}
