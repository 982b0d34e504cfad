import { startAllInOne } from '../all-in-one.ts';
import { rulesCommand } from './rules/rules-command.ts';
import { runService, type ServiceRole } from './run-service.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

/** API and conductor in one process. */
export const allInOneRole: ServiceRole = {
  program: 'ironic-inspector',
  description: 'Hardware introspection for bare metal: API and conductor in one process.',
  standalone: true,
  wrongRole: 'To run ironic-inspector in standalone mode, [DEFAULT]standalone should be set to True.',
  parts: { api: true, conductor: true },
  start: startAllInOne,
};

/** The all-in-one service, see `runService` for the exit codes; or `rules test`, which needs no service. */
export async function main(argv: readonly string[], on: ServiceConsole = thisProcess()): Promise<number> {
  if (argv[0] === 'rules') return rulesCommand(argv.slice(1), on);
  return runService(allInOneRole, argv, on);
}
