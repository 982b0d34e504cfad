import type { Logger } from '../logging/logger.ts';

/** What every part of the registry needs of its surroundings. */
export interface RegistryContext {
  readonly log: Logger;
  /** The time in the form of the API. */
  readonly now: () => string;
  readonly newUuid: () => string;
  /** This service's name, as clients see it where Ironic names a conductor. */
  readonly host: string;
  /** Does work on a node, and shows all the while that whoever does it lives. */
  readonly atWork: (uuid: string, work: () => Promise<void>) => Promise<void>;
  /** Milliseconds that a change of power waits at most for the one before it. */
  readonly turnLimit: number;
}
