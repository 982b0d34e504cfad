/** `npm run build`: makes `dist/`, what an installed package runs, from `src/`. */
import { rmSync, writeFileSync } from 'node:fs';
import { bundle } from './bundle.ts';
import { noticesOf } from './notices.ts';
import { runProgram } from './run-program.ts';

rmSync('dist', { recursive: true, force: true });
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(await bundle('dist')));
// The types that authors of plug-ins import.
process.exitCode = await runProgram('tsc', ['-p', 'tsconfig.build.json']);
