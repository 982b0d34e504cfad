const reference = /\$(?:(\$)|([_a-z][._a-z0-9]*)|\{([_a-z][._a-z0-9]*)\})/gi;

/**
 * Replaces `$name`, `${name}`, `$group.name` and `${group.name}` by what `lookUp` gives for the name, and
 * `$$` and `\$` by a dollar. What `lookUp` gives is not looked at again; any other dollar stays.
 */
export function interpolate(text: string, lookUp: (reference: string) => string): string {
  if (!text.includes('$')) return text;
  return text
    .replaceAll('\\$', () => '$$')
    .replace(reference, (_match, dollar?: string, bare?: string, braced?: string) =>
      dollar === undefined ? lookUp(bare ?? braced ?? '') : '$',
    );
}
