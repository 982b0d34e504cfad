import { type SourceFile, topFolder } from './source-file.ts';

/** Something that only some files of `src/` may do. */
interface Boundary {
  readonly what: string;
  readonly allowed: (file: SourceFile) => boolean;
  readonly pattern: RegExp;
}

const isCommand = (file: SourceFile) => topFolder(file.path) === 'commands';

/** Matched against code without comments and strings. Tests beside the code are left out. */
const boundaries: readonly Boundary[] = [
  {
    what: 'environment, arguments and process exit belong in src/commands/',
    allowed: isCommand,
    pattern: /\bprocess\s*\??\.\s*(?:env|argv|exit|exitCode)\b/,
  },
  { what: 'console belongs in src/commands/', allowed: isCommand, pattern: /\bconsole\s*\??\.\s*\w/ },
  { what: 'a module-level `let` is a global', allowed: () => false, pattern: /^(?:export )?(?:let|var)\b/m },
  { what: 'exports are named', allowed: () => false, pattern: /^export default\b/m },
  { what: 'exports are listed one by one', allowed: () => false, pattern: /^export \*/m },
  {
    what: '`any` is for tests; take `unknown`, and find out',
    allowed: () => false,
    pattern: /(?:[:<,|&=(]|\bas|=>)\s*any\b(?!\s*[.(:=]|\w)|\bany\[\]/,
  },
];

/** Code that does what only other files may do, one sentence each. */
export function boundaryViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.isTest)
    .flatMap((file) => [
      ...boundaries
        .filter((boundary) => !boundary.allowed(file))
        .flatMap((boundary) => crossing(file, boundary)),
      ...processImports(file),
    ]);
}

/** The query builder is imported under `database/` and in stores, and nowhere else. */
export function queryBuilderViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => topFolder(file.path) !== 'database' && !/-store(?:\.test)?\.ts$/.test(file.path))
    .flatMap((file) =>
      file.imports
        .filter(({ from }) => from === 'kysely' || from.startsWith('kysely/'))
        .map(({ line }) => `src/${file.path}:${line}: kysely belongs in src/database/ and in *-store.ts`),
    );
}

function crossing(file: SourceFile, { what, pattern }: Boundary): string[] {
  const match = pattern.exec(file.code);
  return match === null ? [] : [`src/${file.path}:${lineAt(file.code, match.index)}: ${what}`];
}

/** The named imports that would get round the boundary of `process`. */
function processImports(file: SourceFile): string[] {
  if (isCommand(file)) return [];
  return file.imports
    .filter(({ from }) => from === 'node:process' || from === 'process')
    .filter(({ statement }) => /\b(?:env|argv|exit)\b/.test(statement))
    .map(
      ({ line }) =>
        `src/${file.path}:${line}: environment, arguments and process exit belong in src/commands/`,
    );
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
