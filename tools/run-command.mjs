/** `node tools/run-command.mjs <name> [arguments]`: a command of src/commands/ that has no launcher in bin/. */
import { launch } from '../bin/launch.js';

const [name = '', ...args] = process.argv.slice(2);
await launch(name, args);
