import type { Clock } from './host/clock.ts';
import type { Proxies } from './keystone/http-transport.ts';
import type { LoadedPlugin } from './plugins/loaded-plugin.ts';

/** What of the process around it a service uses. */
export interface Surroundings {
  readonly clock?: Clock;
  /** Of the environment, for requests to other services. */
  readonly proxies?: Proxies | undefined;
  /** Where policy files with relative names are looked for, in turn; absolute. None unless given. */
  readonly policyFolders?: readonly string[];
  /** Loaded with the configuration, which has their options. None unless given. */
  readonly plugins?: readonly LoadedPlugin[];
}

/** A service that runs. */
export interface Running {
  /** What it does now, for the log and the service manager: `Listening on http://127.0.0.1:5050`. */
  readonly status: string;
  /** Reads again what may change while it runs: the certificates. */
  reload?(): void;
  /** Stops in order; false when work was left after `graceful_shutdown_timeout`, which the next start takes up. */
  stop(): Promise<boolean>;
}

/** One with an API. */
export interface RunningApi extends Running {
  /** Where the API is, for people: `http://127.0.0.1:5050`. */
  readonly url: string;
}
