import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of the system as a new user would: without the settings, proxies and caches of whoever runs
 * the tests.
 *
 * @param home A folder for what it wants to keep.
 */
export function runStockProgram(file: string, args: readonly string[], home: string): Promise<Outcome> {
  const env = { PATH: '/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', PYTHONWARNINGS: 'ignore' };
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, cwd: home, timeout: 120_000 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
