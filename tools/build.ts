/** `npm run build`: compiles `src/` to `dist/`, the JavaScript that an installed package runs. */
import { cpSync, rmSync } from 'node:fs';
import { extname } from 'node:path';
import { runProgram } from './run-program.ts';

rmSync('dist', { recursive: true, force: true });
process.exitCode = await runProgram('tsc', ['-p', 'tsconfig.build.json']);
// What is no source goes along as it is; tsc leaves it behind.
cpSync('src', 'dist', { recursive: true, filter: (path) => extname(path) !== '.ts' });
