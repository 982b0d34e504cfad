const longestPart = 60;
const longestPath = 400;

/** The way to a member: names and indices from the root. */
export type JsonPath = readonly (string | number)[];

/**
 * How messages name a member: `inventory.disks[0].size`. Names come from untrusted documents, so odd ones
 * are quoted and long ones are cut.
 */
export function pathText(path: JsonPath): string {
  if (path.length === 0) return 'the document';
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^\w[\w-]{0,59}$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(shortened(part, longestPart))}]`;
  }
  return shortened(text, longestPath);
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}
