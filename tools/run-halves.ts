import { outputOfProgram, type ProgramOutput } from './run-program.ts';

/** How to run two halves of the fast tests. */
export interface HalvesOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Shows the first half as it goes, then the second. */
  readonly echo?: boolean;
}

/** Runs both halves at once with this Node; the output of the first comes before that of the second. */
export async function runHalves(
  node: string,
  [first, second]: readonly [string[], string[]],
  { env = process.env, echo = false }: HalvesOptions = {},
): Promise<ProgramOutput> {
  const others = outputOfProgram(node, second, { env });
  const shown = await outputOfProgram(node, first, { env, echo });
  const rest = await others;
  if (echo) process.stdout.write(rest.output);
  return {
    code: shown.code === 0 ? rest.code : shown.code,
    output: `${shown.output}\n${rest.output}`,
  };
}
