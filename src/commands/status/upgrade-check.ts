/** How much a finding matters, in the numbers that the exit code and `--json` have. */
export const results = { success: 0, warning: 1, failure: 2 } as const;

/** One of `results`. */
export type Result = (typeof results)[keyof typeof results];

/** What one check found. */
export interface Finding {
  /** The name of the check, as it is printed. */
  readonly check: string;
  readonly result: Result;
  /** What is wrong and what to do; `null` when nothing is. */
  readonly details: string | null;
}

/** The worst of all, which is the exit code. */
export function worstOf(findings: readonly Finding[]): Result {
  return findings.reduce<Result>((worst, { result }) => (result > worst ? result : worst), results.success);
}
