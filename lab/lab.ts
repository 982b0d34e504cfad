/** `npm run lab -- COMMAND [arguments]`: the lab of docs/lab.md. */
import { runLab } from './commands/run-lab.ts';
import { thisConsole } from './lab-console.ts';

process.exitCode = await runLab(process.argv.slice(2), thisConsole());
