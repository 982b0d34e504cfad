/**
 * `node tools/bootstrap.mjs <command> [arguments]`: makes sure of the dependencies and of a Node that this
 * project runs on, and then runs the command with it. Every script of package.json starts here, so that
 * `npm test` is the first and only command on a fresh clone, also where the machine's own Node is older.
 *
 * This file and the folder beside it are plain JavaScript for Node 14 and newer, and use nothing from
 * node_modules.
 */
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { Hindrance } from './bootstrap/hindrance.mjs';
import { run } from './bootstrap/run.mjs';
import { suitableNode } from './bootstrap/suitable-node.mjs';

const [command, ...args] = process.argv.slice(2);
try {
  if (command === undefined) throw new Hindrance('Usage: node tools/bootstrap.mjs <command> [arguments]');
  await ensureDependencies();
  await run(await suitableNode(), command, args);
} catch (error) {
  if (!(error instanceof Hindrance)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
