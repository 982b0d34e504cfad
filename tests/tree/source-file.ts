import { posix } from 'node:path';
import { codeText } from './code-text.ts';

/** A file as the rules of the tree see it. */
export interface SourceFile {
  /** Relative to the folder that was read, with slashes: `nodes/states.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and the contents of strings blanked. */
  readonly code: string;
  readonly lines: number;
  readonly isTest: boolean;
  readonly imports: readonly ImportLine[];
}

export interface ImportLine {
  /** Counted from 1. */
  readonly line: number;
  /** As it is written: `kysely`, `../errors/inspector-error.ts`. */
  readonly from: string;
  /** The file that a relative import names, relative to the folder that was read; may begin with `../`. */
  readonly target: string | undefined;
  /** All of it up to the module's name: `import { env } from 'node:process'`. */
  readonly statement: string;
}

/** Everything that names a module: imports and re-exports, of types as well, dynamic, and `import('x').Y`. */
const importOf =
  /\b(?:import|export)\b(?:[^'"();=]*?\bfrom)?\s*(?<quote>['"])(?<from>[^'"\n]+)\k<quote>|\bimport\s*\(\s*(?<q>['"])(?<dynamic>[^'"\n]+)\k<q>/g;

export function sourceFile(path: string, text: string): SourceFile {
  const { withoutComments, codeOnly } = codeText(text);
  return {
    path,
    text,
    code: codeOnly,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    isTest: path.endsWith('.test.ts'),
    imports: importsOf(path, withoutComments, codeOnly),
  };
}

function importsOf(path: string, withoutComments: string, codeOnly: string): ImportLine[] {
  return (
    [...withoutComments.matchAll(importOf)]
      // In a string, the word "import" is no import: there the code has been blanked.
      .filter((match) => /^(?:import|export)/.test(codeOnly.slice(match.index)))
      .map((match) => {
        const from = match.groups?.['from'] ?? match.groups?.['dynamic'] ?? '';
        const line = withoutComments.slice(0, match.index).split('\n').length;
        return { line, from, target: targetOf(path, from), statement: match[0] };
      })
  );
}

function targetOf(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined;
}

/** `hooks` of `hooks/processing/capabilities.ts`; `.` for a file that lies in no folder. */
export function topFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '.';
}
