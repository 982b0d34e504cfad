import type { SourceFile } from './source-file.ts';

/** Names that say nothing about what lies behind them. */
const emptyNames = ['utils', 'common', 'helpers', 'misc', 'shared', 'lib', 'types', 'index'];

/** Words that make any name an empty one: `string-utils.ts`. */
const emptyWords = ['util', 'utils', 'helper', 'helpers', 'misc'];

/** Files and folders whose name is empty or not in kebab-case. */
export function nameViolations(files: readonly SourceFile[]): string[] {
  const parts = new Set(files.flatMap((file) => prefixesOf(file.path)));
  return [...parts].flatMap((path) => {
    const name = (path.split('/').at(-1) ?? '').replace(/(\.test)?\.ts$/, '');
    if (emptyNames.includes(name) || name.split('-').some((word) => emptyWords.includes(word))) {
      return [`${path}: '${name}' does not say what is in it`];
    }
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [`${path}: expected kebab-case, got '${name}'`];
  });
}

/** `a`, `a/b` and `a/b/c.ts` of `a/b/c.ts`. */
function prefixesOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
