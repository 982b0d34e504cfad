import { startAllInOne } from '../src/all-in-one.ts';
import { readConfiguration } from '../src/configuration.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';
import { ServiceClient } from './service-client.ts';
import { serviceConfiguration } from './service-configuration.ts';

/** Our whole service on a database that the original made. */
export interface Successor {
  readonly client: ServiceClient;
  readonly log: RecordingLogger;
  /** True when no work was left. Done again, it does nothing. */
  stop(): Promise<boolean>;
}

/**
 * Starts our service in this process, on a free loopback port, with its registry in the same database.
 *
 * @param connection `[database]connection`, as the original has it.
 * @param more Further lines of `[database]`.
 */
export async function startSuccessor(connection: string, more = ''): Promise<Successor> {
  const log = recordingLogger();
  // Long periods: what the tests count and compare must not change by itself.
  const changes = `[DEFAULT]\nclean_up_period = 3600\n[database]\nconnection = ${connection.replaceAll('$', '$$$$')}\n${more}\n`;
  const files = [
    { path: '/service.conf', text: serviceConfiguration('/replaced') },
    { path: '/take-over.conf', text: changes },
  ];
  const service = await startAllInOne(readConfiguration({ files }), log);
  const client = new ServiceClient(service.url);
  let stopped: Promise<boolean> | undefined;
  return {
    client,
    log,
    stop() {
      stopped ??= client.close().then(() => service.stop());
      return stopped;
    },
  };
}
