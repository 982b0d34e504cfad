import { stripTypeScriptTypes } from 'node:module';

/** How many lines of a file the tests ran. */
export interface FileCoverage {
  readonly path: string;
  readonly lines: number;
  readonly covered: number;
}

/**
 * The files of lcov reports, which is what Node's test runner writes. A line is covered when it is in any of them.
 */
export function lcovFiles(reports: readonly string[]): FileCoverage[] {
  const files = new Map<string, Map<string, boolean>>();
  for (const record of reports.flatMap((report) => report.split('end_of_record'))) {
    const path = /^SF:(.*)$/m.exec(record)?.[1];
    if (path === undefined) continue;
    const lines = files.get(path) ?? new Map<string, boolean>();
    files.set(path, lines);
    for (const [, line = '', times] of record.matchAll(/^DA:(\d+),(\d+)$/gm)) {
      lines.set(line, lines.get(line) === true || times !== '0');
    }
  }
  return [...files].map(([path, lines]) => ({
    path,
    lines: lines.size,
    covered: [...lines.values()].filter(Boolean).length,
  }));
}

/**
 * A file that no test has loaded, which the report of the runner leaves out. A file of types only has no line to
 * cover.
 */
export function unloadedFile(path: string, text: string): FileCoverage {
  const code = stripTypeScriptTypes(text).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const lines = code.split('\n').filter((line) => /[^\s;]/.test(line) && !/^\s*import\b/.test(line));
  return { path, lines: lines.length, covered: 0 };
}

/** The share of covered lines of all files together, in per cent; 100 of no lines at all. */
export function percentage(files: readonly FileCoverage[]): number {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const covered = files.reduce((sum, file) => sum + file.covered, 0);
  return lines === 0 ? 100 : (100 * covered) / lines;
}
