import { stripTypeScriptTypes } from 'node:module';

/** How many lines of a file the tests ran. */
export interface FileCoverage {
  readonly path: string;
  readonly lines: number;
  readonly covered: number;
}

/** The files of an lcov report, which is what Node's test runner writes. */
export function lcovFiles(report: string): FileCoverage[] {
  return report.split('end_of_record').flatMap((record) => {
    const valueOf = (key: string) => new RegExp(`^${key}:(.*)$`, 'm').exec(record)?.[1];
    const path = valueOf('SF');
    return path === undefined ? [] : [{ path, lines: Number(valueOf('LF')), covered: Number(valueOf('LH')) }];
  });
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
