/** How many tests ended how. A cancelled test counts as failed. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const closingLine = /^(?:ℹ|#) (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;

/** The lines that Node's test runner ends with, of every run in the output. */
export function closingLines(output: string): string {
  return linesOf(output)
    .filter((line) => closingLine.test(line))
    .join('\n');
}

/** The sum over every run in the output of `node --test`. */
export function countsOf(output: string): TestCounts {
  const sums = new Map<string, number>();
  for (const line of linesOf(output)) {
    const match = closingLine.exec(line);
    if (match?.[1] !== undefined) sums.set(match[1], (sums.get(match[1]) ?? 0) + Number(match[2]));
  }
  const sum = (...names: string[]) => names.reduce((total, name) => total + (sums.get(name) ?? 0), 0);
  return { passed: sum('pass'), failed: sum('fail', 'cancelled'), skipped: sum('skipped', 'todo') };
}

function linesOf(output: string): string[] {
  // oxlint-disable-next-line no-control-regex -- colours are control characters
  return output.replaceAll(/\u001B\[[\d;]*m/g, '').split(/\r?\n/);
}
