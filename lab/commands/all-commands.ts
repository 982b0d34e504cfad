import { fleetCommand } from '../fleet/fleet-command.ts';
import { buildRamdiskCommand } from './build-ramdisk.ts';
import { checkCommand } from './check.ts';
import { consoleCommand } from './console.ts';
import { downCommand } from './down.ts';
import { inspectCommand } from './inspect.ts';
import type { LabCommand } from './lab-command.ts';
import { logsCommand } from './logs.ts';
import { powerCommand } from './power.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { tourCommand } from './tour.ts';
import { upCommand } from './up.ts';

/** Every command, in the order of the help. */
export const allCommands: readonly LabCommand[] = [
  tourCommand,
  upCommand,
  inspectCommand,
  statusCommand,
  logsCommand,
  consoleCommand,
  powerCommand,
  runCommand,
  downCommand,
  fleetCommand,
  buildRamdiskCommand,
  checkCommand,
];
