import type { SourceFile } from './source-file.ts';

/** Numbers of lines that the files of `src/` keep to; tests count separately. */
const limits = { median: 80, percentile95: 200, longest: 350, longestTest: 700 } as const;

/** Constant tables, which may be longer than any other file, with the reason. */
const constantTables: Readonly<Record<string, string>> = {};

/** Files that are too long, and what is wrong with their distribution as a whole. */
export function sizeViolations(files: readonly SourceFile[], tables = constantTables): string[] {
  const measured = files.filter((file) => !file.isTest && !Object.hasOwn(tables, file.path));
  const lengths = measured.map((file) => file.lines).toSorted((one, other) => one - other);
  return [
    ...Object.keys(tables)
      .filter((path) => !files.some((file) => file.path === path))
      .map((path) => `${path}: listed as a constant table, but there is no such file`),
    ...files.filter((file) => file.isTest).flatMap((file) => tooLong(file, limits.longestTest)),
    ...measured.flatMap((file) => tooLong(file, limits.longest)),
    ...tooHigh('median', quantile(lengths, 0.5), limits.median),
    ...tooHigh('95th percentile', quantile(lengths, 0.95), limits.percentile95),
  ];
}

function tooLong(file: SourceFile, limit: number): string[] {
  return file.lines > limit ? [`${file.path}: ${file.lines} lines, at most ${limit} are allowed`] : [];
}

function tooHigh(name: string, value: number, limit: number): string[] {
  return value > limit ? [`${name} of file lengths: ${value} lines, at most ${limit} are allowed`] : [];
}

/** The smallest length that at least this share of the files does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
