import type { Database } from '../src/database/database.ts';
import type { Clock } from '../src/host/clock.ts';
import { openRegistry, type Registry, type RegistryOptions } from '../src/registry/registry.ts';
import { type RecordingLogger, recordingLogger } from './recording-logger.ts';
import { testDatabase } from './test-database.ts';

/** A registry with what a test looks into. */
export interface TestRegistry {
  readonly registry: Registry;
  readonly database: Database;
  readonly log: RecordingLogger;
}

/** The time at which everything happens in tests. */
const testClock: Clock = { now: () => new Date('2026-11-22T13:36:35.999Z') };
export const testTime = '2026-11-22T13:36:35+00:00';

/** A registry over a database of its own, with the usual power drivers unless others are given. */
export async function testRegistry(options: Partial<RegistryOptions> = {}): Promise<TestRegistry> {
  const log = recordingLogger();
  const database = options.database ?? (await testDatabase());
  const registry = openRegistry({ database, log, clock: testClock, host: 'here', ...options });
  return { registry, database, log };
}
