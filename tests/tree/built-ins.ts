import { posix } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** Files beside a `built-ins.ts` that only code outside the folder imports, with what they are for. */
const support: Readonly<Record<string, string>> = {
  'pxe-filter/open-pxe-filter.ts': 'puts a driver to work',
  'pxe-filter/filter-health-store.ts': 'where conductors tell the API how their filters do',
  'pxe-filter/health-listener.ts': 'writes that down',
};

/**
 * Every `built-ins.ts` is a list written by hand; this is what notices a forgotten entry. A file in its folder or
 * below is either imported by the list, or by another file there and so a part of it, or holds options
 * (`*-options.ts`), or is named in `support`.
 */
export function builtInsViolations(files: readonly SourceFile[], supporting = support): string[] {
  const lists = files.filter((file) => posix.basename(file.path) === 'built-ins.ts');
  return [
    ...lists.flatMap((list) => forgotten(list, files, supporting)),
    ...Object.keys(supporting)
      .filter((path) => !files.some((file) => file.path === path))
      .map((path) => `src/${path}: listed as support, but there is no such file`),
  ];
}

function forgotten(
  list: SourceFile,
  files: readonly SourceFile[],
  supporting: Readonly<Record<string, string>>,
): string[] {
  const folder = posix.dirname(list.path);
  const inside = files.filter((file) => file.path.startsWith(`${folder}/`) && !file.isTest);
  const imported = new Set(inside.flatMap((file) => file.imports.map((line) => line.target)));
  return inside
    .map((file) => file.path)
    .filter((path) => path !== list.path && !imported.has(path) && !path.endsWith('-options.ts'))
    .filter((path) => !Object.hasOwn(supporting, path))
    .map((path) => `src/${path}: not in src/${list.path}, nor imported by anything that is`);
}
