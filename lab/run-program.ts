import { spawnSync } from 'node:child_process';
import type { RunProgram } from './ramdisk/kernel-package.ts';

/** Runs a program where this process is, as the parts of the lab want it. */
export const runProgram: RunProgram = ([program = '', ...words], folder) => {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    // Where apt-get finds its proxy.
    env: { ...process.env, LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  if (status === 0) return stdout;
  throw new Error(`${program} ${words.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
};
