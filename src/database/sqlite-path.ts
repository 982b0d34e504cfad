import { InspectorError } from '../errors/inspector-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { ConnectionUrl } from './connection-url.ts';

/** What SQLite calls a database that is nowhere but in memory. */
export const inMemory = ':memory:';

/** The embedded database that a connection names. */
export interface SqlitePath {
  /** A path, or `inMemory`. */
  readonly file: string;
  /** Milliseconds that a statement waits for another connection to let go of the file. */
  readonly busyTimeout: number;
}

const defaultBusyTimeout = 10_000;

/**
 * `sqlite:///a` is relative, `sqlite:////a` absolute, `sqlite://` in memory, as in the original. Its parameter
 * `timeout` (seconds) is that of Python's library.
 *
 * @throws InspectorError `invalid` for a connection with a host.
 */
export function sqlitePath(url: ConnectionUrl, log: Logger): SqlitePath {
  if (url.host !== '' || url.user !== '' || url.port !== null) {
    throw new InspectorError(
      'invalid',
      '[database]connection: expected sqlite:///relative/path or sqlite:////absolute/path, got two slashes',
    );
  }
  for (const name of url.parameters.keys()) {
    if (name !== 'timeout')
      log.warning(`[database]connection: the parameter "${name}" has no effect on SQLite`);
  }
  const seconds = Number(url.parameters.get('timeout') ?? Number.NaN);
  return {
    file: url.database === '' ? inMemory : url.database,
    busyTimeout: seconds >= 0 ? seconds * 1000 : defaultBusyTimeout,
  };
}
