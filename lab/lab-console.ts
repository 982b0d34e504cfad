import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabHost } from './setup/preflight.ts';

/** What the commands of the lab work with besides their arguments; a test brings its own. */
export interface LabConsole extends LabHost {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Standard output. */
  readonly write: (text: string) => void;
  /** Standard error. */
  readonly tell: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs a program on this terminal, with more in its environment. @returns its exit code */
  readonly runHere: (words: readonly string[], more?: Readonly<Record<string, string>>) => Promise<number>;
  /** The path of a file as the user names it. */
  readonly pathOf: (name: string) => string;
  /** Folder of the project. */
  readonly project: string;
}

/** This process. */
export function thisConsole(): LabConsole {
  const { env } = process;
  // npm goes to the package's folder, and remembers where the user is.
  const folder = (env['npm_lifecycle_event'] === 'lab' ? env['INIT_CWD'] : undefined) ?? process.cwd();
  return {
    userId: process.getuid?.(),
    architecture: process.arch,
    attempt: ([program = '', ...words]) => {
      const path = '/usr/sbin:/usr/bin:/sbin:/bin';
      const options = { encoding: 'utf8', env: { ...env, LC_ALL: 'C', PATH: path } } as const;
      const { status, stdout, stderr, error } = spawnSync(program, words, options);
      return { status, output: error === undefined ? stdout + stderr : error.message };
    },
    now: () => performance.now(),
    write: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    environment: env,
    runHere: async ([program = '', ...words], more) => {
      const child = spawn(program, words, { cwd: folder, stdio: 'inherit', env: { ...env, ...more } });
      const [code] = await once(child, 'exit');
      return typeof code === 'number' ? code : 1;
    },
    pathOf: (name) => resolve(folder, name),
    project: fileURLToPath(new URL('..', import.meta.url)),
  };
}
