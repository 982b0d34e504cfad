import { withoutCoverageTable } from './coverage-table.ts';
import { outputOfProgram, type ProgramOutput } from './run-program.ts';

/** How to run shares of the fast tests. */
export interface SharesOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Shows the first share as it goes, then the others. */
  readonly echo?: boolean;
}

/** Runs all shares at once with this Node; their outputs come one after the other. */
export async function runShares(
  node: string,
  shares: readonly (readonly string[])[],
  { env = process.env, echo = false }: SharesOptions = {},
): Promise<ProgramOutput> {
  const show = withoutCoverageTable((text) => void process.stdout.write(text));
  const runs = shares.map((args, place) =>
    outputOfProgram(node, args, { env, ...(echo && place === 0 ? { echo: show } : {}) }),
  );
  const ended = await Promise.all(runs);
  const outputs = ended.map(({ output }) => output);
  if (echo) show(outputs.slice(1).join('\n'));
  return { code: ended.find(({ code }) => code !== 0)?.code ?? 0, output: outputs.join('\n') };
}
