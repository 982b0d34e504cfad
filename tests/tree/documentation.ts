import type { SourceFile } from './source-file.ts';

const exported = /^export (?:async |abstract )*(?:function\*?|class|interface) (?<name>\w+)/;

/** Exported functions, classes and interfaces without a comment right before them. Tests need none. */
export function documentationViolations(files: readonly SourceFile[]): string[] {
  return files.filter((file) => !file.isTest).flatMap(undocumented);
}

function undocumented(file: SourceFile): string[] {
  const lines = file.text.split('\n');
  const code = file.code.split('\n');
  return code.flatMap((line, index) => {
    const name = exported.exec(line)?.groups?.['name'];
    const before = lines[index - 1] ?? '';
    const isOverload = exported.exec(before)?.groups?.['name'] === name;
    if (name === undefined || isOverload || /\*\/\s*$|^\/\//.test(before)) return [];
    return [`src/${file.path}:${index + 1}: ${name} has no comment that says what it is for`];
  });
}
