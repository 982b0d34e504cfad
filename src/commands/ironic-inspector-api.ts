import { startApiService } from '../api-service.ts';
import { runService, type ServiceRole } from './run-service.ts';
import { type ServiceConsole, thisProcess } from './service-console.ts';

/** The API in a process of its own, behind any reverse proxy or none. */
const apiRole: ServiceRole = {
  program: 'ironic-inspector-api',
  description:
    'Hardware introspection for bare metal: the API alone. Conductors do the work, see ironic-inspector-conductor.',
  standalone: false,
  wrongRole: 'To run ironic-inspector-api, [DEFAULT]standalone should be set to False.',
  parts: { api: true, conductor: false },
  start: startApiService,
};

/** The API by itself; see `runService` for the exit codes. */
export async function main(argv: readonly string[], on: ServiceConsole = thisProcess()): Promise<number> {
  return runService(apiRole, argv, on);
}
