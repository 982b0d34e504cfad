import { spawn } from 'node:child_process';
import type { CommandOutcome } from './privileged-command-failure.ts';

/** What a program is given. */
export interface ProgramOptions {
  readonly input: string;
  readonly timeoutSeconds: number;
  /** Folders of programs; with `LC_ALL=C` the whole environment. */
  readonly path: string;
}

/** A table of the firewall with 100,000 rules is a tenth of it. */
const mostOutput = 64 * 1024 * 1024;

const outputGraceMilliseconds = 500;

/** Runs a program without a shell to its end, or to its limit of time or of output. Never throws. */
export function runProgram(
  program: string,
  words: readonly string[],
  { input, timeoutSeconds, path }: ProgramOptions,
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, [...words], { env: { LC_ALL: 'C', PATH: path }, stdio: 'pipe' });
    const settle = (outcome: CommandOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    /** A program that sudo runs cannot be ended by us; then it is only waited for no longer. */
    const giveUp = (reason: string) => {
      settle({ ended: 'limit', reason });
      child.kill('SIGKILL');
      for (const stream of child.stdio) stream?.destroy();
    };
    const timer = setTimeout(() => giveUp(`it took more than ${timeoutSeconds} s`), timeoutSeconds * 1000);
    const read = collect(() => giveUp(`it wrote more than ${mostOutput} bytes`));
    const stdout = read(child.stdout);
    const stderr = read(child.stderr);
    child.on('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ENOENT' ? { ended: 'missing' } : { ended: 'limit', reason: error.message }),
    );
    child.once('exit', (code, signal) => {
      const end = () =>
        settle(
          code === null
            ? { ended: 'limit', reason: `it was ended by ${signal}` }
            : { ended: 'exit', code, stdout: stdout(), stderr: stderr() },
        );
      child.once('close', end);
      // A program that it leaves running, such as a DHCP server, may keep the streams open.
      setTimeout(end, outputGraceMilliseconds).unref();
    });
    // A program that ends without reading everything says why with its exit code.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Readers of streams that keep what comes, until all of them together have too much. */
function collect(tooMuch: () => void): (stream: NodeJS.ReadableStream) => () => string {
  let size = 0;
  return (stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) tooMuch();
      else chunks.push(chunk);
    });
    return () => Buffer.concat(chunks).toString('utf8');
  };
}
