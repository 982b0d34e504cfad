import { startConductorService } from '../conductor-service.ts';
import { runService, type ServiceRole } from './run-service.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

/** One of the conductors that do the work for the API. */
const conductorRole: ServiceRole = {
  program: 'ironic-inspector-conductor',
  description:
    'Hardware introspection for bare metal: a conductor alone. It answers the calls of ironic-inspector-api.',
  standalone: false,
  wrongRole: 'To run ironic-inspector-conductor, [DEFAULT]standalone should be set to False.',
  parts: { api: false, conductor: true },
  start: startConductorService,
};

/** A conductor by itself; see `runService` for the exit codes. */
export async function main(argv: readonly string[], on: ServiceConsole = thisProcess()): Promise<number> {
  return runService(conductorRole, argv, on);
}
