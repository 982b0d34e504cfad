import { type StdioOptions, spawn } from 'node:child_process';
import { passSignals } from './bootstrap/run.mjs';

export interface ProgramOutput {
  readonly code: number;
  readonly output: string;
}

/** Runs a program in the terminal of this one; resolves to its exit code, 128 when a signal ended it. */
export async function runProgram(
  program: string,
  args: readonly string[],
  env = process.env,
): Promise<number> {
  return (await start(program, args, 'inherit', env)).code;
}

/** Runs a program and keeps (and gives to `echo`) what it writes to standard output and standard error, in the order it comes. */
export async function outputOfProgram(
  program: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly folder?: string;
    readonly echo?: (text: string) => void;
  } = {},
): Promise<ProgramOutput> {
  return start(program, args, ['ignore', 'pipe', 'pipe'], options.env ?? process.env, options);
}

function start(
  program: string,
  args: readonly string[],
  stdio: StdioOptions,
  env: NodeJS.ProcessEnv,
  { folder, echo }: { readonly folder?: string; readonly echo?: (text: string) => void } = {},
): Promise<ProgramOutput> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio, env, ...(folder === undefined ? {} : { cwd: folder }) });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
      echo?.(chunk.toString());
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) =>
      resolve({ code: 127, output: `${program} cannot be started: ${error.message}` }),
    );
    child.on('close', (code) => resolve({ code: code ?? 128, output }));
    passSignals(child);
  });
}
