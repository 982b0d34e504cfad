import { join } from 'node:path';
import { startAllInOne } from '../src/all-in-one.ts';
import { readConfiguration } from '../src/configuration.ts';
import { type DatabaseRows, databaseRows } from './database-rows.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';
import { ServiceClient } from './service-client.ts';
import { serviceConfiguration } from './service-configuration.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A whole service in this process, and what a test looks into. */
export interface RunningService {
  readonly client: ServiceClient;
  readonly log: RecordingLogger;
  readonly rows: DatabaseRows;
  /** The SQLite file; another service can be started on it when this one has stopped. */
  readonly database: string;
  readonly port: number;
  /** True when no work was left. */
  stop(): Promise<boolean>;
}

/**
 * Starts a service on a free loopback port, on a new database unless one is given.
 *
 * @param configuration Further lines, which win: `[processing]\nadd_ports = all`.
 */
export async function runningService(configuration = '', database = newDatabase()): Promise<RunningService> {
  const log = recordingLogger();
  const files = [
    { path: '/service.conf', text: serviceConfiguration(database) },
    { path: '/test.conf', text: configuration },
  ];
  const service = await startAllInOne(readConfiguration({ files }), log);
  const client = new ServiceClient(service.url);
  const rows = databaseRows(database);
  return {
    client,
    log,
    rows,
    database,
    port: Number(new URL(service.url).port),
    async stop() {
      rows.close();
      await client.close();
      return service.stop();
    },
  };
}

function newDatabase(): string {
  return join(temporaryFolder().path, 'ironic-inspector.sqlite');
}
